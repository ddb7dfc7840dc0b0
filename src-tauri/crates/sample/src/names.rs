//! Names of persons in many scripts, each beside the plain letters of its e-mail address.

use crate::dice::Dice;

/// A name and how an address spells it.
type Part = (&'static str, &'static str);

/// One way of naming persons.
pub(crate) struct Naming {
    given: &'static [Part],
    family: &'static [Part],
    /// The family name comes first, and what stands between.
    family_first: Option<&'static str>,
}

/// A person's name.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) full: String,
    pub(crate) given: &'static str,
    pub(crate) family: String,
    /// `zoe.muller`: the address before the @, without a number that tells namesakes apart.
    pub(crate) address: String,
}

macro_rules! naming {
    ($given:expr, $family:expr) => {
        Naming {
            given: &$given,
            family: &$family,
            family_first: None,
        }
    };
    ($given:expr, $family:expr, $between:literal) => {
        Naming {
            given: &$given,
            family: &$family,
            family_first: Some($between),
        }
    };
}

/// Every way of naming, in the order that the weights of a location use.
pub(crate) const NAMINGS: [Naming; 15] = [
    // 0 British Isles and West Africa
    naming!(
        [
            ("Daniel", "daniel"),
            ("Aoife", "aoife"),
            ("Grace", "grace"),
            ("Siobhán", "siobhan"),
            ("Chidi", "chidi"),
            ("Emeka", "emeka"),
            ("Harriet", "harriet"),
            ("Rhys", "rhys"),
            ("Ọlámídé", "olamide"),
            ("Fiona", "fiona"),
            ("Kwame", "kwame"),
            ("Eleanor", "eleanor"),
            ("Niamh", "niamh"),
            ("Thomas", "thomas")
        ],
        [
            ("Okafor", "okafor"),
            ("O'Connor", "oconnor"),
            ("MacDonald", "macdonald"),
            ("Nwosu", "nwosu"),
            ("Featherstonehaugh", "featherstonehaugh"),
            ("Ó Súilleabháin", "osullivan"),
            ("Hughes", "hughes"),
            ("Adéyẹmí", "adeyemi"),
            ("D'Arcy", "darcy"),
            ("Mensah", "mensah"),
            ("Whitaker-Jones", "whitaker.jones"),
            ("Sample", "sample")
        ]
    ),
    // 1 German
    naming!(
        [
            ("Zoë", "zoe"),
            ("Jürgen", "juergen"),
            ("Björn", "bjoern"),
            ("Anneliese", "anneliese"),
            ("Käthe", "kaethe"),
            ("Lukas", "lukas"),
            ("Friederike", "friederike"),
            ("Jörg", "joerg"),
            ("Özlem", "oezlem"),
            ("Matthias", "matthias")
        ],
        [
            ("Müller-Ångström", "mueller.angstroem"),
            ("Weiß", "weiss"),
            ("Schäfer", "schaefer"),
            ("Großmann", "grossmann"),
            ("Yılmaz", "yilmaz"),
            ("von der Heide", "vonderheide"),
            ("Köhler", "koehler"),
            ("Brandt", "brandt"),
            ("Freiherr von Hohenstein zu Lichtenau", "hohenstein"),
            ("Böhm", "boehm")
        ]
    ),
    // 2 Spanish and Portuguese
    naming!(
        [
            ("José", "jose"),
            ("María del Carmen", "mariacarmen"),
            ("Íñigo", "inigo"),
            ("Lucía", "lucia"),
            ("João", "joao"),
            ("Begoña", "begona"),
            ("Tomás", "tomas"),
            ("Inês", "ines"),
            ("Ángel", "angel"),
            ("Conceição", "conceicao")
        ],
        [
            ("Núñez", "nunez"),
            ("García Márquez", "garciamarquez"),
            ("Peña", "pena"),
            ("Muñoz Ibáñez", "munozibanez"),
            ("Gonçalves", "goncalves"),
            ("Álvarez", "alvarez"),
            ("Simões", "simoes"),
            ("Echeverría", "echeverria"),
            ("de la Fuente y Castañeda", "delafuente"),
            ("Ruiz", "ruiz")
        ]
    ),
    // 3 French and Italian
    naming!(
        [
            ("Chloé", "chloe"),
            ("François", "francois"),
            ("Hélène", "helene"),
            ("Loïc", "loic"),
            ("Niccolò", "niccolo"),
            ("Gaëlle", "gaelle"),
            ("Aurélien", "aurelien"),
            ("Beatrice", "beatrice"),
            ("Noé", "noe"),
            ("Zaïneb", "zaineb")
        ],
        [
            ("Lefèvre", "lefevre"),
            ("D'Ambrosio", "dambrosio"),
            ("Besançon", "besancon"),
            ("L'Hôpital", "lhopital"),
            ("Dell'Acqua", "dellacqua"),
            ("Ndiaye", "ndiaye"),
            ("Gagné", "gagne"),
            ("Rousseau", "rousseau"),
            ("Mbappé-Touré", "mbappe.toure"),
            ("Conti", "conti")
        ]
    ),
    // 4 Polish, Czech, Hungarian, Nordic, Vietnamese: Latin with everything on it
    naming!(
        [
            ("Łukasz", "lukasz"),
            ("Małgorzata", "malgorzata"),
            ("Jiří", "jiri"),
            ("Zsófia", "zsofia"),
            ("Søren", "soeren"),
            ("Þórdís", "thordis"),
            ("Nguyễn Thị", "nguyenthi"),
            ("Řehoř", "rehor"),
            ("Åsa", "asa"),
            ("Đặng", "dang")
        ],
        [
            ("Brzęczyszczykiewicz", "brzeczyszczykiewicz"),
            ("Dvořáková", "dvorakova"),
            ("Szőke", "szoke"),
            ("Ødegård", "odegard"),
            ("Guðmundsdóttir", "gudmundsdottir"),
            ("Ánh Tuyết", "anhtuyet"),
            ("Wójcik", "wojcik"),
            ("Hämäläinen", "hamalainen"),
            ("Černý", "cerny"),
            ("Ștefănescu", "stefanescu")
        ]
    ),
    // 5 Arabic
    naming!(
        [
            ("محمد", "mohammed"),
            ("فاطمة", "fatima"),
            ("عبد الرحمن", "abdulrahman"),
            ("ليلى", "layla"),
            ("يوسف", "yousef"),
            ("نور", "nour"),
            ("خالد", "khaled"),
            ("مريم", "maryam")
        ],
        [
            ("الهاشمي", "alhashimi"),
            ("بن راشد", "binrashid"),
            ("المنصوري", "almansouri"),
            ("حداد", "haddad"),
            ("الشريف", "alsharif"),
            ("قاسم", "qasim"),
            ("الزهراني", "alzahrani"),
            ("نجار", "najjar")
        ]
    ),
    // 6 Hebrew
    naming!(
        [
            ("נועה", "noa"),
            ("יוסף", "yosef"),
            ("תמר", "tamar"),
            ("איתן", "eitan"),
            ("שירה", "shira"),
            ("דוד", "david")
        ],
        [
            ("לוי", "levi"),
            ("כהן", "cohen"),
            ("בן־דוד", "bendavid"),
            ("מזרחי", "mizrahi"),
            ("פרידמן", "friedman"),
            ("שרון", "sharon")
        ]
    ),
    // 7 Cyrillic
    naming!(
        [
            ("Олександр", "oleksandr"),
            ("Анастасія", "anastasiia"),
            ("Наталья", "natalya"),
            ("Ђорђе", "djordje"),
            ("Світлана", "svitlana"),
            ("Борис", "boris"),
            ("Гергана", "gergana"),
            ("Юрій", "yurii")
        ],
        [
            ("Шевченко", "shevchenko"),
            ("Ковальчук", "kovalchuk"),
            ("Щербаков", "shcherbakov"),
            ("Петровић", "petrovic"),
            ("Ґонта", "gonta"),
            ("Николова", "nikolova"),
            ("Бондаренко", "bondarenko"),
            ("Ёлкина", "yolkina")
        ]
    ),
    // 8 Greek
    naming!(
        [
            ("Γιώργος", "giorgos"),
            ("Ελένη", "eleni"),
            ("Αθηνά", "athina"),
            ("Νίκος", "nikos"),
            ("Κατερίνα", "katerina"),
            ("Στέλιος", "stelios")
        ],
        [
            ("Παπαδόπουλος", "papadopoulos"),
            ("Οικονόμου", "oikonomou"),
            ("Καραγιάννη", "karagianni"),
            ("Βασιλείου", "vasileiou"),
            ("Χατζηιωάννου", "chatziioannou"),
            ("Δημητρίου", "dimitriou")
        ]
    ),
    // 9 Chinese
    naming!(
        [
            ("伟", "wei"),
            ("秀英", "xiuying"),
            ("子涵", "zihan"),
            ("志強", "zhiqiang"),
            ("思雨", "siyu"),
            ("美玲", "meiling"),
            ("浩然", "haoran"),
            ("雅婷", "yating")
        ],
        [
            ("王", "wang"),
            ("李", "li"),
            ("張", "zhang"),
            ("刘", "liu"),
            ("陳", "chen"),
            ("歐陽", "ouyang"),
            ("赵", "zhao"),
            ("林", "lin")
        ],
        ""
    ),
    // 10 Japanese
    naming!(
        [
            ("さくら", "sakura"),
            ("健太", "kenta"),
            ("美咲", "misaki"),
            ("翔", "sho"),
            ("陽菜", "hina"),
            ("蓮", "ren"),
            ("ミカ", "mika"),
            ("由美子", "yumiko")
        ],
        [
            ("佐藤", "sato"),
            ("髙橋", "takahashi"),
            ("渡邊", "watanabe"),
            ("小林", "kobayashi"),
            ("齋藤", "saito"),
            ("山本", "yamamoto"),
            ("中村", "nakamura"),
            ("𠮷田", "yoshida")
        ],
        " "
    ),
    // 11 Korean
    naming!(
        [
            ("지우", "jiwoo"),
            ("민준", "minjun"),
            ("서연", "seoyeon"),
            ("하늘", "haneul"),
            ("도윤", "doyun"),
            ("은영", "eunyoung")
        ],
        [
            ("김", "kim"),
            ("이", "lee"),
            ("박", "park"),
            ("최", "choi"),
            ("남궁", "namgung"),
            ("황보", "hwangbo")
        ],
        ""
    ),
    // 12 Thai
    naming!(
        [
            ("สมชาย", "somchai"),
            ("กมลวรรณ", "kamonwan"),
            ("ปรียา", "priya"),
            ("ธนกฤต", "thanakrit"),
            ("น้ำฝน", "namfon"),
            ("ศิริพร", "siriporn")
        ],
        [
            ("ศรีสุวรรณ", "srisuwan"),
            ("วงศ์ประเสริฐ", "wongprasert"),
            ("จันทร์เพ็ญ", "chanpen"),
            ("ทองดี", "thongdee"),
            ("รัตนโกสินทร์", "rattanakosin"),
            ("บุญมี", "boonmee")
        ]
    ),
    // 13 Devanagari
    naming!(
        [
            ("प्रिया", "priya"),
            ("अर्जुन", "arjun"),
            ("कृष्णा", "krishna"),
            ("आदित्य", "aditya"),
            ("स्नेहा", "sneha")
        ],
        [
            ("शर्मा", "sharma"),
            ("नटराजन", "natarajan"),
            ("कुलकर्णी", "kulkarni"),
            ("पटेल", "patel"),
            ("मिश्रा", "mishra")
        ]
    ),
    // 14 Tamil
    naming!(
        [
            ("லட்சுமி", "lakshmi"),
            ("முருகன்", "murugan"),
            ("தமிழ்ச்செல்வி", "tamilselvi"),
            ("கவிதா", "kavitha")
        ],
        [
            ("சுப்பிரமணியம்", "subramaniam"),
            ("ராஜேந்திரன்", "rajendran"),
            ("சங்கரநாராயணன்", "sankaranarayanan")
        ]
    ),
];

/// Draws a name. Families double up now and then, as they do: so there are far more names than parts.
pub(crate) fn name(dice: &mut Dice, naming: usize) -> Name {
    let way = &NAMINGS[naming % NAMINGS.len()];
    let (given, given_plain) = *dice.pick(way.given);
    let (family, family_plain) = *dice.pick(way.family);
    let mut family = family.to_owned();
    let mut address = format!("{given_plain}.{family_plain}");
    if way.family_first.is_none() && dice.percent(30) {
        let (second, plain) = *dice.pick(way.family);
        if !family.contains(second) && !second.contains(&family) {
            family = format!("{family}-{second}");
            address = format!("{address}.{plain}");
        }
    }
    let full = match way.family_first {
        Some(between) => format!("{family}{between}{given}"),
        None => format!("{given} {family}"),
    };
    Name {
        full,
        given,
        family,
        address,
    }
}

/// A name that tests every column: rare, and always the same person.
pub(crate) const LONGEST: &str = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh y Fernández de la Vega \
     Guðmundsdóttir van den Broecke-Papadopoulou née Brzęczyszczykiewicz, Prinzessin zu Sayn-Wittgenstein-Ångström \
     (known to everyone at the front desk as Ana María “Nana” Ñandú O'Shaughnessy-Nguyễn) 王小明";

/// Firms. Some carry marks, emoji and signs that spreadsheets take for formulas.
pub(crate) const FIRMS: &[&str] = &[
    "Ångström Design",
    "Okafor & Sons",
    "Beacon Labs",
    "🚀 Rocket Bakery",
    "=Equals Studio",
    "Müller + Partner mbB",
    "Café Olé, S.L.",
    "株式会社サンプル",
    "示例科技有限公司",
    "Пример ООД",
    "شركة المثال",
    "דוגמה בע״מ",
    "Παράδειγμα ΑΕ",
    "예시 주식회사",
    "บริษัท ตัวอย่าง จำกัด",
    "उदाहरण प्राइवेट लिमिटेड",
    "D'Arcy \"Quick\" Legal",
    "Société Générique d'Exemples",
    "Łódź Works",
    "☕ Third Wave Coffee Roasters",
    "+Plus Architects",
    "@Sign Writers",
    "-Minus GmbH",
    "Tiny",
    "Northlight Analytics",
    "Kestrel Biotech",
    "Paper & Pine",
    "Nimbus Accounting",
    "Ferrous Games",
    "Olive Street Dental Lab",
    "Quill Translation Bureau",
    "Sólheimar Textiles ehf.",
    "The Very Long-Established Company of Marine Insurers, Average Adjusters and Surveyors of the Eastern Estuary (Holdings) Limited",
    "Blå Ord AB",
    "Fjord & Fell",
    "Tidal Robotics 🤖",
    "Verbena Skincare",
    "Halfmoon Records",
    "Ostrich Cycling",
    "Zéphyr Conseil",
];

/// What a firm may do beside its name: makes several hundred firms of the few above.
pub(crate) const BRANCHES: &[&str] = &[
    "",
    "",
    "",
    " Studio",
    " Group",
    " International",
    " Ventures",
    " & Co",
    " Lab",
    " Collective",
];
