//! A change is written whole on the versions it was decided on, or not at all.

use pratique_store::testing::id;
use pratique_store::{Body, Change, Outcome, RowGone, StoreError};

use crate::place::{On, Place, answer, applied, audited, change, claim, entry, event, on_every_engine, row, write};

on_every_engine! {
    async fn a_row_decided_on_an_older_version_is_a_conflict(place: Place) {
        applied(&place.store, write(id(1), 0, "one")).await;
        applied(&place.store, write(id(1), 1, "two")).await;
        let late = place.store.apply(write(id(1), 1, "late")).await;
        assert_eq!(late, Ok(Outcome::Conflict { id: id(1), found: 2 }));
        let held = place.store.row(id(1)).await.unwrap().unwrap();
        assert_eq!((held.version, held.state.as_str()), (2, "two"));
    }

    async fn a_row_that_must_not_exist_and_does_is_a_conflict(place: Place) {
        applied(&place.store, write(id(1), 0, "one")).await;
        assert_eq!(place.store.apply(write(id(1), 0, "again")).await, Ok(Outcome::Conflict { id: id(1), found: 1 }));
        assert_eq!(place.store.apply(write(id(2), 3, "nobody")).await, Ok(Outcome::Conflict { id: id(2), found: 0 }));
    }

    async fn of_nine_companions_one_stale_row_keeps_all_from_being_written(place: Place) {
        applied(&place.store, write(id(9), 0, "was here before")).await;
        let rows = (1..=9).map(|n| row(id(n), 0, "declared")).collect();
        let all = Change {
            rows,
            bodies: vec![Body { owner: id(1), part: 1, person: Some(id(1)), sealed: vec![1, 2] }],
            claims: vec![claim(b"pass", id(1))],
            put: vec![entry("waiting", 1, 1)],
            events: vec![event(id(1), 1, "{}")],
            person_keys: vec![(id(1), vec![7])],
            answer: Some(answer(1, 1, b"bytes")),
            ..change()
        };
        let before = place.store.checkpoint().await.unwrap();
        assert_eq!(place.store.apply(all).await, Ok(Outcome::Conflict { id: id(9), found: 1 }));
        assert_eq!(place.store.rows(&[id(1), id(8)]).await.unwrap(), [None, None]);
        assert_eq!(place.store.latest_body(id(1)).await.unwrap(), None);
        assert_eq!(place.store.claim(b"pass").await.unwrap(), None);
        assert_eq!(place.store.count("waiting", 0..i64::MAX).await.unwrap(), 0);
        assert_eq!(place.store.events(id(1)).await.unwrap(), []);
        assert_eq!(place.store.person_key(id(1)).await.unwrap(), None);
        assert_eq!(place.store.answer([1; 32]).await.unwrap(), None);
        assert_eq!(place.store.checkpoint().await.unwrap(), before, "a refused change enters no audit");
    }

    async fn everything_written_is_read_back(place: Place) {
        let body = |part, sealed: &[u8]| Body { owner: id(1), part, person: Some(id(3)), sealed: sealed.to_vec() };
        let all = Change {
            rows: vec![row(id(1), 0, "{\"name\":\"王小明\"}")],
            bodies: vec![body(1, &[0, 255]), body(2, &[9])],
            claims: vec![claim(&[0, 1, 0], id(1))],
            events: vec![event(id(1), 1, "first"), event(id(1), 2, "second")],
            person_keys: vec![(id(3), vec![4; 40])],
            answer: Some(answer(1, 1, &[0, 200])),
            ..change()
        };
        applied(&place.store, all).await;
        assert_eq!(place.store.row(id(1)).await.unwrap().unwrap().state, "{\"name\":\"王小明\"}");
        assert_eq!(place.store.body(id(1), 1).await.unwrap(), Some(body(1, &[0, 255])));
        assert_eq!(place.store.latest_body(id(1)).await.unwrap(), Some(body(2, &[9])));
        assert_eq!(place.store.claim(&[0, 1, 0]).await.unwrap().unwrap().holder, id(1));
        assert_eq!(place.store.events(id(1)).await.unwrap(), [event(id(1), 1, "first"), event(id(1), 2, "second")]);
        assert_eq!(place.store.person_keys(&[id(4), id(3)]).await.unwrap(), [None, Some(vec![4; 40])]);
        assert_eq!(place.store.answer([1; 32]).await.unwrap(), Some(answer(1, 1, &[0, 200])));
    }

    async fn a_repeat_gets_the_first_answers_bytes_and_writes_nothing(place: Place) {
        let first = Change { answer: Some(answer(1, 1, b"the first answer")), ..write(id(1), 0, "declared") };
        applied(&place.store, first.clone()).await;
        let again = Change { answer: Some(answer(1, 1, b"computed anew")), ..first };
        for _ in 0..3 {
            let repeat = Outcome::Repeat { status: 201, bytes: b"the first answer".to_vec(), person: Some(id(9)) };
            assert_eq!(place.store.apply(again.clone()).await, Ok(repeat));
        }
        assert_eq!(place.store.row(id(1)).await.unwrap().unwrap().version, 1);
    }

    async fn of_twenty_submissions_at_once_one_is_written_and_all_hear_the_same(place: Place) {
        let mut asked = Vec::new();
        for n in 0..20_u8 {
            let store = place.store.clone();
            // Each try makes its own ids, so that on PostgreSQL they meet from both lanes.
            let submit = Change { answer: Some(answer(1, 1, &[n])), ..write(id(u64::from(n)), 0, "declared") };
            asked.push((n, tokio::spawn(async move { store.apply(submit).await.unwrap() })));
        }
        let (mut written, mut heard) = (Vec::new(), Vec::new());
        for (n, outcome) in asked {
            match outcome.await.unwrap() {
                Outcome::Applied => written.push(n),
                Outcome::Repeat { bytes, .. } => heard.push(bytes),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(written.len(), 1);
        assert_eq!(heard, vec![written; 19]);
    }

    async fn the_same_key_with_another_body_is_refused(place: Place) {
        applied(&place.store, Change { answer: Some(answer(1, 1, b"a")), ..change() }).await;
        let other = Change { answer: Some(answer(1, 2, b"b")), ..write(id(1), 0, "x") };
        assert_eq!(place.store.apply(other).await, Ok(Outcome::KeyReused));
        assert_eq!(place.store.row(id(1)).await.unwrap(), None);
    }

    async fn a_row_that_ceases_to_be_takes_its_bodies_along_and_is_no_conflict_to_make_anew(place: Place) {
        let body = Body { owner: id(1), part: 1, person: None, sealed: vec![1] };
        applied(&place.store, Change { bodies: vec![body.clone()], ..write(id(1), 0, "draft") }).await;
        let gone = |expected| Change { gone: vec![RowGone { id: id(1), expected }], ..change() };
        assert_eq!(place.store.apply(gone(2)).await, Ok(Outcome::Conflict { id: id(1), found: 1 }));
        applied(&place.store, gone(1)).await;
        assert_eq!(place.store.row(id(1)).await.unwrap(), None);
        assert_eq!(place.store.latest_body(id(1)).await.unwrap(), None);
        assert_eq!(place.store.apply(gone(1)).await, Ok(Outcome::Conflict { id: id(1), found: 0 }));
        applied(&place.store, Change { bodies: vec![body], ..write(id(1), 0, "anew") }).await;
        assert_eq!(place.store.row(id(1)).await.unwrap().map(|row| row.version), Some(1));
        let both = Change { gone: vec![RowGone { id: id(1), expected: 1 }], ..write(id(1), 1, "both") };
        assert!(matches!(place.store.apply(both).await, Err(StoreError::Malformed { .. })));
    }

    async fn answers_are_purged_when_their_time_is_over_and_on_record(place: Place) {
        applied(&place.store, Change { answer: Some(answer(1, 1, b"old")), ..change() }).await;
        let young = pratique_store::StoredAnswer { expires_ms: 9000, ..answer(2, 1, b"young") };
        applied(&place.store, Change { answer: Some(young), ..change() }).await;
        assert_eq!(place.store.purge_answers(4999, 10, "retention").await, Ok(0));
        assert_eq!(place.store.purge_answers(5000, 10, "retention").await, Ok(1));
        assert_eq!(place.store.answer([1; 32]).await.unwrap(), None);
        assert!(place.store.answer([2; 32]).await.unwrap().is_some());
        let mut actions = Vec::new();
        for head in place.store.checkpoint().await.unwrap().heads {
            let chain = place.store.audit_range(head.writer, 1, 100).await.unwrap();
            actions.extend(chain.into_iter().map(|link| link.entry.action));
        }
        assert!(actions.contains(&"store.answers-purged".to_owned()), "{actions:?}");
    }

    async fn a_text_with_nul_is_refused_before_it_meets_its_neighbours(place: Place) {
        let bad = write(id(1), 0, "a\0b");
        assert!(matches!(place.store.apply(bad).await, Err(StoreError::Malformed { .. })));
        let silent = Change { audit: Vec::new(), ..write(id(1), 0, "x") };
        assert!(matches!(place.store.apply(silent).await, Err(StoreError::Malformed { .. })));
        let twice = Change { rows: vec![row(id(1), 0, "x"), row(id(1), 1, "y")], ..change() };
        assert!(matches!(place.store.apply(twice).await, Err(StoreError::Malformed { .. })));
    }

    async fn the_generation_grows_when_keys_or_users_change(place: Place) {
        let before = place.store.generation().await.unwrap();
        applied(&place.store, change()).await;
        assert_eq!(place.store.generation().await.unwrap(), before);
        applied(&place.store, Change { generation: true, ..change() }).await;
        assert_eq!(place.store.generation().await.unwrap(), before + 1);
    }

    async fn a_shredded_key_is_gone_and_no_rotation_brings_it_back(place: Place) {
        applied(&place.store, Change { person_keys: vec![(id(1), vec![1]), (id(2), vec![2])], ..change() }).await;
        applied(&place.store, Change { shred: vec![id(1)], audit: audited("shred"), ..change() }).await;
        applied(&place.store, Change { rewrap: vec![(id(1), vec![9]), (id(2), vec![8])], ..change() }).await;
        assert_eq!(place.store.person_keys(&[id(1), id(2)]).await.unwrap(), [None, Some(vec![8])]);
        assert_eq!(place.store.shredded_ms(id(1)).await.unwrap(), Some(1000));
        assert_eq!(place.store.person_keys_after(None, 10).await.unwrap(), [(id(2), vec![8])]);
        assert_eq!(place.store.person_keys_after(Some(id(2)), 10).await.unwrap(), []);
    }
}
