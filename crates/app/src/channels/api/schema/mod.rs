//! The shapes that the API promises, for the OpenAPI document. They are written out beside the types that make the answers, so
//! that a change inside cannot silently change what others build on. The API's tests hold every real answer against them and
//! find there each member that is not here; the document itself leaves room for more, because the contract grows by adding.

mod case;
mod checkpoint;
mod declaration;
mod desk;
mod feed;
mod flight;
mod handover;
mod held;
mod journey;
mod laboratory;
mod manifest;
mod obligation;
mod order;
mod problem;
mod sample;
mod supervision;
mod wechat;

pub use case::{CaseContacts, CasePage, TieRequest, Tied};
pub use checkpoint::{DecisionAnswer, DecisionRequest, ScanAnswer, ScanRequest, UndoAnswer, UndoRequest};
pub use declaration::{ConfirmRequest, Declaration, DeclarationRequest, Declared};
pub use desk::{ExaminationAnswer, ExaminationRequest, InvestigationAnswer, InvestigationRequest};
pub use feed::{FeedPage, SubscribeRequest, Subscribed, SubscriptionEnded, SubscriptionList};
pub use flight::{Flight, FlightPage, FlightRequest, FlightView, Imported};
pub use handover::{DeclineRequest, HandOverRequest, Handed, HandoverView, InboxPage, ReportRequest};
pub use held::{Asked, CorrectionRequest, Held};
pub use journey::{ClassRequest, DispositionRequest, JourneyDone};
pub use laboratory::{
    Amended, Custody, LoseRequest, Plate, PlateList, PlateReleased, PlateRequest, RejectRequest, ResultRequest,
    RunAnswer,
};
pub use manifest::{
    BoardingAnswer, BoardingRequest, HandedIn, InspectionRequest, InspectionView, Judged, JudgementRequest, Manifest,
    Readiness,
};
pub use obligation::{AnswerRequest, ObligationAnswer, ObligationPage};
pub use order::{ChangeOrderRequest, EndOrderRequest, GiveOrderRequest, OrderAnswer, OrderList, ServeOrderRequest};
pub use problem::Problem;
pub use sample::{
    CollectRequest, Label, LabelRequest, NotSampledRequest, SampleOrderRequest, SampleOrdered, SampleState, Tube,
    TubePage, TubesMoved, TubesRequest,
};
pub use supervision::{Bulletin, Supervision};
pub use wechat::{WechatSession, WechatSignIn};

/// A FHIR R4 Questionnaire; FHIR says what else can be in it.
#[derive(Debug, utoipa::ToSchema)]
pub struct Questionnaire {
    /// `Questionnaire`.
    #[schema(rename = "resourceType")]
    pub resource_type: String,
    /// What it is called wherever it is used.
    pub url: String,
    /// Its edition.
    pub version: String,
    /// Groups and questions, each with its `linkId`.
    pub item: Vec<serde_json::Value>,
}

#[cfg(test)]
mod tests {
    use pratique_core::declaration::{Channel, Relation};
    use pratique_core::flight::{Category, Status};
    use pratique_core::journey::Shown;
    use serde_json::{Value, json};

    fn listed(schema: &str) -> Value {
        let document: Value = serde_json::from_str(&super::super::openapi::openapi_json()).unwrap();
        document.pointer(&format!("/components/schemas/{schema}/enum")).cloned().unwrap_or_default()
    }

    #[test]
    fn every_list_of_names_is_the_cores() {
        assert_eq!(listed("Channel"), json!(Channel::ALL.map(Channel::name)));
        assert_eq!(listed("Relation"), json!(Relation::ALL.map(Relation::name)));
        assert_eq!(listed("Category"), json!(Category::ALL.map(Category::name)));
        assert_eq!(listed("Status"), json!(Status::ALL.map(Status::name)));
        assert_eq!(listed("ShownState"), json!(Shown::ALL.map(Shown::name)));
    }
}
