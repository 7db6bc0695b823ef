//! A claimed key has one holder.

use pratique_store::testing::id;
use pratique_store::{Change, Outcome};

use crate::place::{On, Place, applied, change, claim, on_every_engine, row};

on_every_engine! {
    async fn of_64_officers_who_use_one_pass_exactly_one_wins_and_the_others_learn_who(place: Place) {
        let other = place.another_process(2).await;
        let mut asked = Vec::new();
        for n in 0..64 {
            let store = other.clone().filter(|_| n % 2 == 1).unwrap_or_else(|| place.store.clone());
            let clear = Change { rows: vec![row(id(n), 0, "cleared")], claims: vec![claim(b"pass/entry", id(n))], ..change() };
            asked.push((n, tokio::spawn(async move { store.apply(clear).await.unwrap() })));
        }
        let (mut winners, mut told) = (Vec::new(), Vec::new());
        for (n, outcome) in asked {
            match outcome.await.unwrap() {
                Outcome::Applied => winners.push(id(n)),
                Outcome::Taken { key, holder, detail } => {
                    assert_eq!(key, b"pass/entry");
                    assert_eq!(detail, format!("held by {holder}"));
                    told.push(holder);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(winners.len(), 1);
        assert_eq!(told, vec![winners[0]; 63]);
        assert_eq!(place.store.claim(b"pass/entry").await.unwrap().unwrap().holder, winners[0]);
    }

    async fn a_key_given_back_can_be_taken_again(place: Place) {
        applied(&place.store, Change { claims: vec![claim(b"k", id(1))], ..change() }).await;
        applied(&place.store, Change { release: vec![b"k".to_vec(), b"nobody's".to_vec()], ..change() }).await;
        assert_eq!(place.store.claim(b"k").await.unwrap(), None);
        applied(&place.store, Change { claims: vec![claim(b"k", id(2))], ..change() }).await;
        let swap = Change { release: vec![b"k".to_vec()], claims: vec![claim(b"k", id(3))], ..change() };
        applied(&place.store, swap).await;
        assert_eq!(place.store.claim(b"k").await.unwrap().unwrap().holder, id(3));
    }
}
