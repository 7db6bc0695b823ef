//! Lists are read by ranges, page by page, either way.

use pratique_store::testing::id;
use pratique_store::{Change, Cursor, Order, Store};

use crate::place::{On, Place, applied, change, entry, on_every_engine};

async fn all_pages(store: &Store, list: &str, range: std::ops::Range<i64>, order: Order) -> Vec<Cursor> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.entries(list, range.clone(), after, 3, order).await.unwrap();
        after = page.last().copied();
        if page.is_empty() {
            return found;
        }
        found.extend(page);
    }
}

on_every_engine! {
    async fn pages_join_without_gap_or_overlap_in_both_directions(place: Place) {
        let put = (0..10).map(|n| entry("waiting", i64::try_from(n).unwrap() / 4, n)).chain([entry("other", 1, 1)]).collect();
        applied(&place.store, Change { put, ..change() }).await;
        let up: Vec<Cursor> = (0..10).map(|n| Cursor { sort: i64::try_from(n).unwrap() / 4, id: id(n) }).collect();
        assert_eq!(all_pages(&place.store, "waiting", 0..100, Order::Ascending).await, up);
        let down: Vec<Cursor> = up.iter().rev().copied().collect();
        assert_eq!(all_pages(&place.store, "waiting", 0..100, Order::Descending).await, down);
        assert_eq!(all_pages(&place.store, "waiting", 1..2, Order::Ascending).await, up[4..8]);
        assert_eq!(all_pages(&place.store, "waiting", 1..2, Order::Descending).await, down[2..6]);
        let counted = [("waiting", 0..100), ("waiting", 1..2), ("other", i64::MIN..i64::MAX), ("none", 0..9)];
        assert_eq!(place.store.count_many(&counted).await.unwrap(), [10, 4, 1, 0]);
    }

    async fn an_entry_moves_by_being_removed_and_put(place: Place) {
        applied(&place.store, Change { put: vec![entry("waiting", 1, 1)], ..change() }).await;
        applied(&place.store, Change { put: vec![entry("waiting", 1, 1)], ..change() }).await;
        let moved = Change { remove: vec![entry("waiting", 1, 1), entry("waiting", 5, 5)], put: vec![entry("done", 2, 1)], ..change() };
        applied(&place.store, moved).await;
        assert_eq!(place.store.count_many(&[("waiting", 0..10), ("done", 0..10)]).await.unwrap(), [0, 1]);
    }
}
