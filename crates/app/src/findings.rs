//! What the desk found on somebody: kept sealed under the person's own key, one body for each examination.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a temperature was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Site {
    /// The forehead.
    Forehead,
    /// The ear.
    Ear,
    /// The armpit.
    Armpit,
    /// The mouth.
    Mouth,
    /// The wrist.
    Wrist,
}

impl Site {
    /// All of them.
    pub const ALL: [Site; 5] = [Site::Forehead, Site::Ear, Site::Armpit, Site::Mouth, Site::Wrist];

    /// The stable name (`site-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Site::Forehead => "forehead",
            Site::Ear => "ear",
            Site::Armpit => "armpit",
            Site::Mouth => "mouth",
            Site::Wrist => "wrist",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|site| site.name() == text.trim())
    }
}

/// With what it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// The hall's infrared camera: a first look, which a thermometer confirms or not.
    Camera,
    /// A thermometer held before the skin.
    Infrared,
    /// A thermometer in touch with the body.
    Contact,
}

impl Device {
    /// All of them.
    pub const ALL: [Device; 3] = [Device::Camera, Device::Infrared, Device::Contact];

    /// The stable name (`device-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Device::Camera => "camera",
            Device::Infrared => "infrared",
            Device::Contact => "contact",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|device| device.name() == text.trim())
    }
}

/// One temperature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Temperature {
    /// In degrees Celsius.
    pub value_c: f64,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// With what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// When, if the desk said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// One examination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Every reading, in the order in which they were taken.
    pub temperatures: Vec<Temperature>,
    /// Codes of the pack's symptoms.
    pub symptoms: Vec<String>,
    /// The pack whose codes they are, `respiratory@1`.
    pub pack: String,
}

impl Findings {
    /// The temperature that counts: the last one of a thermometer. A camera's counts only while there is no other, since it
    /// asks for a second measurement after a rest of five to ten minutes (journey.md 6.4).
    #[must_use]
    pub fn temperature_c(&self) -> Option<f64> {
        let mut thermometers = self.temperatures.iter().filter(|t| t.device != Some(Device::Camera));
        thermometers.next_back().or(self.temperatures.last()).map(|t| t.value_c)
    }
}
