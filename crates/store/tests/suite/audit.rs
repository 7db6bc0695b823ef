//! The audit shows that it was altered, and where.

use pratique_store::testing::{id, meddle};
use pratique_store::{CHAIN_OPENED, Checkpoint};

use crate::place::{On, Place, applied, on_every_engine, write};

async fn ten_records(place: &Place) -> Checkpoint {
    for n in 0..10 {
        // One aggregate after the other on the same row, so that one lane writes them all.
        applied(&place.store, write(id(1), n, "state")).await;
    }
    place.store.checkpoint().await.unwrap()
}

on_every_engine! {
    async fn an_untouched_audit_is_whole(place: Place) {
        let checkpoint = ten_records(&place).await;
        let writer = checkpoint.heads[0].writer;
        let chain = place.store.audit_range(writer, 1, 100).await.unwrap();
        assert_eq!(chain[0].entry.action, CHAIN_OPENED);
        assert_eq!(chain.len(), 11);
        let report = place.store.verify_audit(Some(&checkpoint)).await.unwrap();
        assert!(report.is_whole() && report.checkpoint);
        assert_eq!(report.records, 11);
        let json = serde_json::to_string(&checkpoint).unwrap();
        assert_eq!(serde_json::from_str::<Checkpoint>(&json).unwrap(), checkpoint);
    }

    async fn an_altered_record_is_named(place: Place) {
        ten_records(&place).await;
        meddle(&place.store, "UPDATE audit SET actor = 'nobody' WHERE n = 5").await.unwrap();
        let report = place.store.verify_audit(None).await.unwrap();
        assert_eq!(report.broken.len(), 1);
        assert_eq!(report.broken[0].n, 5);
        assert!(!report.checkpoint);
    }

    async fn a_record_taken_from_the_middle_is_named(place: Place) {
        ten_records(&place).await;
        meddle(&place.store, "DELETE FROM audit WHERE n = 4").await.unwrap();
        assert_eq!(place.store.verify_audit(None).await.unwrap().broken[0].n, 4);
    }

    async fn a_tail_cut_off_is_found_with_a_checkpoint_and_only_then(place: Place) {
        let checkpoint = ten_records(&place).await;
        meddle(&place.store, "DELETE FROM audit WHERE n > 8").await.unwrap();
        assert!(place.store.verify_audit(None).await.unwrap().is_whole());
        let report = place.store.verify_audit(Some(&checkpoint)).await.unwrap();
        assert_eq!(report.broken[0].n, 9);
        meddle(&place.store, "DELETE FROM audit").await.unwrap();
        assert_eq!(place.store.verify_audit(Some(&checkpoint)).await.unwrap().broken[0].n, 1);
    }
}
