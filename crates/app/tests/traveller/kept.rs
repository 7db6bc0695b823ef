//! What was typed is kept for as long as somebody may come back to it, and no longer.

use pratique::actions::purge;

use crate::browser::Browser;
use crate::declare::{TRIP, filled, flight, sent};
use crate::support::{On, Place, on_every_engine};

async fn rows(place: &Place, table: &str) -> i64 {
    let facts = place.app.store.doctor().await.unwrap();
    facts.rows.iter().find(|(name, _)| *name == table).unwrap().1
}

on_every_engine! {
    async fn a_draft_that_nobody_sends_is_gone_thirty_days_after_it_was_last_saved(place: Place) {
        let before = (rows(&place, "guarded_row").await, rows(&place, "body").await, rows(&place, "person_key").await);
        let mut browser = Browser::new(&place);
        browser.post("/declare", &[("port", "CNPEK")]).await;
        place.set("2026-12-10T00:00:00Z");
        browser.fill("/declare/trip", TRIP).await;
        place.set("2027-01-08T23:00:00Z");
        assert_eq!(purge::drafts(&place.app).await.unwrap(), 0);
        assert!(browser.get("/declare/trip").await.html.contains("value=\"ca 938\""));
        place.set("2027-01-09T00:00:01Z");
        assert_eq!(purge::drafts(&place.app).await.unwrap(), 1);
        assert_eq!(browser.get("/declare/trip").await.address, "/");
        let after = (rows(&place, "guarded_row").await, rows(&place, "body").await, rows(&place, "person_key").await);
        assert_eq!(after, before);
        assert_eq!(purge::drafts(&place.app).await.unwrap(), 0);
    }

    async fn a_draft_that_was_sent_leaves_nothing_but_the_declaration(place: Place) {
        flight(&place).await;
        let before = (rows(&place, "guarded_row").await, rows(&place, "body").await, rows(&place, "entry").await);
        let mut browser = Browser::new(&place);
        filled(&mut browser).await;
        sent(&mut browser).await;
        let after = (rows(&place, "guarded_row").await, rows(&place, "body").await, rows(&place, "entry").await);
        // The journey with its dossier, on the lists of its document, of who names it for this arrival, of its flight, and of what
        // is kept and since when.
        assert_eq!(after, (before.0 + 1, before.1 + 1, before.2 + 4));
    }
}
