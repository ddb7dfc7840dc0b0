//! What people write: notes in the languages of the locations.

use crate::dice::Dice;

/// Sentences by language, in the order of `Place::language`.
const NOTES: [&[&str]; 7] = [
    &[
        "Client pitch – café setup please",
        "Need the big screen and a flipchart",
        "Guests arrive 15 min early, please let them wait in the lounge",
        "Vegetarian lunch for six, one nut allergy",
        "Same as last week",
        "Blinds down, we are filming 🎬",
        "Please don't put anyone next door, it's an interview",
        "Could we have the room warmer this time?",
        "Invoice to head office, PO to follow",
        "=not a formula, just how we write",
        "Whiteboard pens were empty yesterday",
        "Budget review with the accountant",
        "Wheelchair access needed",
        "We'll bring our own coffee",
        "Moving from the third floor, boxes by the lift",
        "Left the charger under the table",
        "Please collect before Friday",
        "Ring the bell twice, the buzzer is broken",
    ],
    &[
        "Beamer und Flipchart bitte",
        "Kundentermin, bitte Kaffee für acht",
        "Gäste kommen über den Hof",
        "Rechnung bitte getrennt ausstellen",
        "Der Schlüssel liegt beim Empfang",
        "Bitte nicht stören: Bewerbungsgespräch",
        "Größerer Tisch wäre schön",
        "Wie letzte Woche, nur später",
        "Straßenbahn fällt aus, wir kommen später",
        "Heizung war gestern zu kühl",
    ],
    &[
        "Reunión con el gestor, café para cinco",
        "¿Se puede poner la pantalla grande?",
        "Vienen dos invitados de fuera",
        "El señor Muñoz llega más tarde",
        "Igual que la semana pasada",
        "Por favor, factura a nombre de la empresa",
        "Mañana cambiamos de sala",
        "Una persona con alergia a los frutos secos",
    ],
    &[
        "Réunion du comité, café s'il vous plaît",
        "L'écran ne fonctionnait pas hier",
        "Prévoir de l'eau gazeuse",
        "Invités à la réception dès neuf heures",
        "Comme d'habitude, côté fenêtre",
        "Bitte Rechnung an die Zentrale",
        "Déjà payé par virement",
    ],
    &[
        "プロジェクターをお願いします",
        "お客様が三名いらっしゃいます",
        "先週と同じ設定で",
        "請求書は本社宛にお願いします",
        "少し遅れます",
        "窓際の席を希望します",
    ],
    &[
        "يرجى تجهيز القهوة لستة أشخاص",
        "سيصل الضيوف قبل الموعد",
        "نفس ترتيب الأسبوع الماضي",
        "الرجاء إرسال الفاتورة إلى المكتب الرئيسي",
        "نحتاج إلى شاشة كبيرة",
    ],
    &[
        "ขอโปรเจกเตอร์และไมโครโฟน",
        "แขกจะมาถึงก่อนเวลา",
        "จัดห้องเหมือนสัปดาห์ที่แล้ว",
        "ออกใบกำกับภาษีในนามบริษัท",
        "ขอที่นั่งริมหน้าต่าง",
    ],
];

/// One note in a language.
pub(crate) fn note(dice: &mut Dice, language: usize) -> &'static str {
    let language = if dice.percent(15) {
        dice.below(NOTES.len() as u64) as usize
    } else {
        language
    };
    let note: &&'static str = dice.pick(NOTES[language % NOTES.len()]);
    note
}

/// Several notes in one, with a number and a first name as people write them: at least `bytes` long.
pub(crate) fn letter(dice: &mut Dice, language: usize, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 128);
    while text.len() < bytes {
        if !text.is_empty() {
            text.push_str(if dice.percent(20) { "\n" } else { ". " });
        }
        text.push_str(note(dice, language));
        if dice.percent(25) {
            text.push_str(&format!(
                " (ref {}-{})",
                dice.pick(CODES),
                dice.within(100, 99_999)
            ));
        }
    }
    text
}

const CODES: &[&str] = &["HY", "PO", "KST", "REQ", "F2", "TX", "注文", "№"];

/// Why a door said no.
pub(crate) const REFUSALS: &[&str] = &[
    "No valid pass for this location at this time",
    "No active contract",
    "Access card not known",
    "Customer is suspended: payment due",
    "Pass expired",
    "Outside opening hours",
    "No check-ins left on the plan this month",
];

/// Why someone comes by.
pub(crate) const REASONS: &[&str] = &[
    "Client meeting",
    "Tour",
    "Interview",
    "Delivery",
    "Besprechung",
    "Reunión",
    "打ち合わせ",
    "Entretien d'embauche",
    "Photo shoot",
    "Maintenance",
];

/// What the post brings.
pub(crate) const PARCELS: &[&str] = &[
    "Parcel from Example Courier",
    "Letter, registered",
    "Einschreiben Rückschein",
    "Large box, fragile",
    "Paquete de Ejemplo Exprés",
    "Flowers 💐",
    "Magazine",
    "宅配便（要署名）",
    "Cheque",
    "Two crates of oranges",
];

/// Help-desk subjects.
pub(crate) const TROUBLES: &[&str] = &[
    "🥶 Heating off in Lighthouse Room",
    "Wi-Fi drops every few minutes",
    "Drucker druckt nur grün",
    "La puerta del patio no cierra",
    "Coffee machine says error 7",
    "Neighbour plays the trombone",
    "エアコンが動きません",
    "Chair broken at Window desk 3",
    "المصعد لا يعمل",
    "I can't book the podcast studio",
];

/// Departments of the help-desk.
pub(crate) const DEPARTMENTS: &[&str] = &["Facilities", "IT", "Billing", "Community"];

/// Board and event subjects.
pub(crate) const TALK: &[&str] = &[
    "Anyone for a lunchtime run?",
    "Thursday Lunch & Learn",
    "Lost: one left glove 🧤",
    "Looking for a UX designer",
    "Sprachcafé am Mittwoch",
    "Noche de juegos",
    "Yoga on the roof",
    "Invoicing tips for freelancers",
    "書道ワークショップ",
    "Open mic — all welcome",
    "New phone booths have arrived",
    "Summer hours",
    "Bike repair morning",
];

/// Short answers.
pub(crate) const ANSWERS: &[&str] = &[
    "On our way up.",
    "Count me in!",
    "Danke, erledigt.",
    "Gracias, ya está.",
    "Thanks — sorted 👍",
    "Could you send a photo?",
    "Merci beaucoup",
    "了解しました",
    "We have ordered a new one; it arrives on Thursday.",
    "Not today, sorry",
];
