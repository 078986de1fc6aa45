//! The sample data: schools, roster, employers, log-ins and example bodies, the same at every run.
//!
//! Nobody in it exists. Resident numbers and credit codes pass their checks but stand in division 420199, which is not
//! assigned; mobiles and addresses of mail lead nowhere. Only 星光集团 and 黄河水9 are the manual's own, and the credit code
//! printed there for 星光集团 does not pass: by GB 32100 it would end in E.

use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// Writes all sample files into `folder`, over what stands there.
///
/// # Errors
/// When the folder or a file cannot be written.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    let students = students();
    fs::create_dir_all(folder.join("requests"))?;
    save(&folder.join("schools.json"), &schools())?;
    fs::write(folder.join("students.json"), lines(students.iter().map(Student::record)))?;
    save(&folder.join("employers.json"), &(1..).zip(&FIRMS).map(|(row, firm)| firm.record(row)).collect())?;
    save(&folder.join("people.json"), &people(&students))?;
    for (action, body) in requests(&students) {
        save(&folder.join("requests").join(action).with_extension("json"), &body)?;
    }
    Ok(())
}

fn save(path: &Path, value: &Value) -> io::Result<()> {
    fs::write(path, serde_json::to_string_pretty(value)? + "\n")
}

/// A JSON array with one record per line.
fn lines(records: impl Iterator<Item = Value>) -> String {
    let records: Vec<String> = records.map(|record| format!("  {record}")).collect();
    format!("[\n{}\n]\n", records.join(",\n"))
}

// Schools

struct School {
    id: &'static str,
    name: &'static str,
    colleges: &'static [College],
}

struct College {
    id: &'static str,
    name: &'static str,
    /// Two majors, each with what its classes are called.
    majors: [(&'static str, &'static str); 2],
}

const fn college(id: &'static str, name: &'static str, majors: [(&'static str, &'static str); 2]) -> College {
    College { id, name, majors }
}

static SCHOOLS: [School; 3] = [
    School {
        id: "99001",
        name: "江城大学",
        colleges: &[
            college("c01", "计算机科学与技术学院", [("计算机应用技术", "软件"), ("人工智能", "智能")]),
            college("c02", "经济与管理学院", [("会计学", "会计"), ("市场营销", "营销")]),
            college("c03", "外国语学院", [("英语", "英语"), ("日语", "日语")]),
            college("c04", "机械工程学院", [("机械设计制造及其自动化", "机制"), ("车辆工程", "车辆")]),
            college("c05", "法学院", [("法学", "法学"), ("社会工作", "社工")]),
        ],
    },
    School {
        id: "99002",
        name: "荆楚云梦理工学院",
        colleges: &[
            college("c01", "信息工程学院", [("软件工程", "软工"), ("通信工程", "通信")]),
            college("c02", "土木与建筑学院", [("土木工程", "土木"), ("建筑学", "建筑")]),
            college("c03", "材料与化工学院", [("材料科学与工程", "材料"), ("应用化学", "应化")]),
            college("c04", "艺术设计学院", [("视觉传达设计", "视传"), ("环境设计", "环设")]),
        ],
    },
    School {
        id: "99003",
        name: "清江师范学院",
        colleges: &[
            college("c01", "教育科学学院", [("学前教育", "学前"), ("小学教育", "小教")]),
            college("c02", "文学与传媒学院", [("汉语言文学", "中文"), ("新闻学", "新闻")]),
            college("c03", "数学与统计学院", [("数学与应用数学", "数学"), ("统计学", "统计")]),
            college("c04", "体育与健康学院", [("体育教育", "体教"), ("护理学", "护理")]),
        ],
    },
];

fn schools() -> Value {
    let college = |college: &College| json!({"id": college.id, "name": college.name});
    let colleges = |school: &School| school.colleges.iter().map(college).collect::<Value>();
    SCHOOLS.iter().map(|school| json!({"id": school.id, "name": school.name, "colleges": colleges(school)})).collect()
}

/// A college with its school.
type Place = (&'static School, &'static College);

fn places() -> impl Iterator<Item = Place> {
    SCHOOLS.iter().flat_map(|school| school.colleges.iter().map(move |college| (school, college)))
}

// Check characters

/// A number that ends in a check character: the weighted sum of its digits chooses one of `checks`.
struct Scheme {
    weights: &'static [usize],
    digits: &'static str,
    checks: &'static str,
}

/// 居民身份证号, GB 11643.
const RESIDENT_ID: Scheme =
    Scheme { weights: &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], digits: "0123456789", checks: "10X98765432" };

/// 组织机构代码, GB 11714.
const ORGANISATION_CODE: Scheme =
    Scheme { weights: &[3, 7, 9, 10, 5, 8, 4, 2], digits: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", checks: "0X987654321" };

/// 统一社会信用代码, GB 32100.
const CREDIT_CODE: Scheme = Scheme {
    weights: &[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28],
    digits: "0123456789ABCDEFGHJKLMNPQRTUWXY",
    checks: "0YXWUTRQPNMLKJHGFEDCBA987654321",
};

impl Scheme {
    fn complete(&self, mut body: String) -> String {
        let values = body.chars().filter_map(|digit| self.digits.find(digit));
        let sum: usize = values.zip(self.weights).map(|(value, weight)| value * weight).sum();
        body.extend(self.checks.chars().nth(sum % self.checks.len()));
        body
    }
}

// Persons

const SURNAMES: &str = "刘 何 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 \
    苏 卢 蒋 柯 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 \
    范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 欧阳 司马 诸葛 上官 慕容";

const GIVEN_NAMES: &str = "雨桐 子墨 思涵 嘉怡 浩然 欣妍 一诺 梓轩 静姝 文博 若溪 俊驰 晓彤 天佑 语嫣 \
    睿 楠 昕 瑶 洋 婷 磊 萌 琪 越 \
    雅琴 志远 梦洁 泽宇 诗琪 承泽 佳宁 宇航 可欣 明轩 芷若 博文 念慈 景行 书瑶 \
    向阳 海燕 春晖 秋实 冬雪 建业 小满 立夏 望舒 知秋 清扬 鹤鸣 松涛";

/// Names that a careless program breaks: with a middle dot, and with a character outside the common sets.
const RARE_NAMES: [(u16, &str); 2] = [(7, "买买提·艾力"), (8, "张㛃")];

/// A natural person. `seed` decides all numbers, so that one person has the same on every record.
struct Person {
    seed: u16,
    name: String,
    login: String,
    verified: bool,
}

impl Person {
    fn graduate(seed: u16) -> Self {
        Self { seed, name: name(seed), login: format!("student-{seed:04}"), verified: seed % 10 == 6 }
    }

    fn named(seed: u16, name: &str, nick: &str) -> Self {
        Self { seed, name: name.to_owned(), login: format!("student-{nick}"), verified: nick != "chen" }
    }

    fn id(&self) -> String {
        format!("p{}", letters(u64::from(self.seed), 19))
    }

    fn resident_id(&self) -> String {
        let Self { seed, .. } = self;
        let (year, month, day) = (2003 + seed % 3, 1 + seed * 5 % 12, 1 + seed * 11 % 28);
        RESIDENT_ID.complete(format!("420199{year}{month:02}{day:02}{:03}", 100 + seed))
    }

    fn mobile(&self) -> String {
        let prefix = if self.seed.is_multiple_of(3) { "16600" } else { "19900" };
        format!("{prefix}{:06}", u32::from(self.seed) * 7919 % 1_000_000)
    }

    fn email(&self) -> Option<String> {
        (!self.seed.is_multiple_of(29)).then(|| format!("{}@example.com", self.login))
    }

    fn account(&self) -> Option<&str> {
        self.verified.then_some(&self.login)
    }
}

/// A name of its own for each seed: the two lists have coprime lengths.
fn name(seed: u16) -> String {
    let common = || format!("{}{}", pick(SURNAMES, seed), pick(GIVEN_NAMES, seed));
    RARE_NAMES.iter().find(|(rare, _)| *rare == seed).map_or_else(common, |(_, name)| (*name).to_owned())
}

fn pick(words: &'static str, n: u16) -> &'static str {
    words.split_whitespace().cycle().nth(usize::from(n)).unwrap_or_default()
}

/// Lower-case letters and digits without pattern, from a linear congruential generator.
fn letters(seed: u64, length: usize) -> String {
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    let states = std::iter::successors(Some(seed), step).skip(3);
    states.filter_map(|state| char::from_digit(u32::try_from(state >> 33).ok()? % 36, 36)).take(length).collect()
}

// Students

/// One line of a school's roster.
struct Student {
    row: u16,
    person: Person,
    place: Place,
    graduation_year: u16,
    number: String,
    class: String,
}

/// Those with a part in the stories: name, log-in, and the running number of their college over all schools.
const NAMED: [(&str, &str, u16); 5] =
    [("黄河水9", "huang", 0), ("李晓雨", "li", 0), ("王思远", "wang", 1), ("周明", "zhou", 5), ("陈未验", "chen", 0)];

/// The person who is on two rosters.
const TWICE: u16 = 311;

fn students() -> Vec<Student> {
    let named = (1..).zip(NAMED).filter_map(|(row, (name, nick, place))| enrol(row, Person::named(row, name, nick), place, 2027));
    let others = (6..TWICE).filter_map(|row| enrol(row, Person::graduate(row), row, graduation_year(row)));
    let both = || Person { verified: true, ..Person::graduate(TWICE) };
    let twice = [enrol(TWICE, both(), 6, 2026), enrol(TWICE + 1, both(), 10, 2027)].into_iter().flatten();
    named.chain(others).chain(twice).map(as_in_the_manual).collect()
}

fn graduation_year(row: u16) -> u16 {
    match row % 20 {
        7 => 2026,
        13 => 2028,
        _ => 2027,
    }
}

fn enrol(row: u16, person: Person, place: u16, graduation_year: u16) -> Option<Student> {
    let place = places().nth(usize::from(place) % places().count())?;
    let college = place.1.id.trim_start_matches("c0");
    let number = format!("{}{college}{row:03}", graduation_year - 4);
    let (_, classes) = major(place.1, row);
    Some(Student { row, person, place, graduation_year, number, class: format!("{classes}{}班", 1 + row % 3) })
}

fn major(college: &College, row: u16) -> (&'static str, &'static str) {
    let [first, second] = college.majors;
    if row % 4 < 2 { first } else { second }
}

/// Number and class of 黄河水9 are printed in the manual.
fn as_in_the_manual(student: Student) -> Student {
    match student.row {
        1 => Student { number: "20191009".to_owned(), class: "软件3班".to_owned(), ..student },
        _ => student,
    }
}

impl Student {
    fn id(&self) -> String {
        format!("{}-s{}", self.place.0.id, letters(1000 + u64::from(self.row), 20))
    }

    fn record(&self) -> Value {
        let (school, college) = self.place;
        json!({
            "id": self.id(),
            "person": self.person.id(),
            "school": school.id,
            "college": college.id,
            "graduation_year": self.graduation_year,
            "student_number": self.number,
            "name": self.person.name,
            "resident_id": self.person.resident_id(),
            "mobile": self.person.mobile(),
            "email": self.person.email(),
            "major": major(college, self.row).0,
            "class": self.class,
            "education": "本科",
            "account": self.person.account(),
        })
    }
}

// Employers

/// How far an employer has come on the platform.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Registered,
    Approved,
    Active,
    Suspended,
}

/// Where an employer sits.
struct Site {
    region: &'static str,
    address: &'static str,
    postcode: &'static str,
    dialling: &'static str,
}

const fn site(region: &'static str, address: &'static str, postcode: &'static str, dialling: &'static str) -> Site {
    Site { region, address, postcode, dialling }
}

static HONGSHAN: Site = site("420111", "湖北省武汉市洪山区示例路", "430070", "027");
static JIANGXIA: Site = site("420115", "湖北省武汉市江夏区示例大道", "430200", "027");
static ENSHI: Site = site("422801", "湖北省恩施市示例街", "445000", "0718");
static YICHANG: Site = site("420502", "湖北省宜昌市西陵区示例路", "443000", "0717");
static XIANGYANG: Site = site("420606", "湖北省襄阳市樊城区示例路", "441000", "0710");
static HUANGGANG: Site = site("421102", "湖北省黄冈市黄州区示例大道", "438000", "0713");
static JINGZHOU: Site = site("421002", "湖北省荆州市沙市区示例街", "434000", "0716");
/// 科尔沁左翼中旗, where the manual has 星光集团; its personnel office is in Wuhan.
static BANNER: Site = site("150521", "湖北省武汉市洪山区示例路", "430070", "027");

struct Firm {
    name: &'static str,
    /// First two characters of the credit code.
    registrar: &'static str,
    /// 单位性质.
    nature: &'static str,
    /// 单位行业.
    industry: Option<&'static str>,
    site: &'static Site,
    /// 拟聘职位.
    position: &'static str,
    standing: Standing,
}

const fn company(name: &'static str, nature: &'static str, industry: &'static str, site: &'static Site, position: &'static str) -> Firm {
    Firm { name, registrar: "91", nature, industry: Some(industry), site, position, standing: Standing::Active }
}

const PUBLIC_INSTITUTION: &str = "12";

static FIRMS: [Firm; 20] = [
    company(STARS, "21", "21", &BANNER, "软件开发工程师"),
    company("武汉渡桥云软件有限公司", "39", "34", &HONGSHAN, "后端开发工程师"),
    Firm { industry: None, ..company("湖北楚禾岭农业科技有限公司", "39", "11", &JIANGXIA, "农技推广员") },
    Firm { standing: Standing::Registered, ..company("武汉鹭澜渚餐饮管理有限公司", "39", "33", &HONGSHAN, "储备店长") },
    Firm { standing: Standing::Approved, ..company("恩施霁岭雾茶业有限公司", "39", "22", &ENSHI, "制茶工艺员") },
    Firm { standing: Standing::Suspended, ..company("武汉拓岸行物流有限公司", "39", "32", &JIANGXIA, "物流调度员") },
    company("湖北樟渡林建设工程有限公司", "31", "24", &JIANGXIA, "施工技术员"),
    Firm { registrar: PUBLIC_INSTITUTION, ..company("江城大学附属栖云中学", "22", "42", &HONGSHAN, "数学教师") },
    Firm { registrar: PUBLIC_INSTITUTION, ..company("恩施霁岭康复医院", "23", "43", &ENSHI, "护士") },
    company("武汉衡砚田会计服务有限公司", "39", "37", &HONGSHAN, "审计助理"),
    company("武汉澄渚湖环境治理有限公司", "39", "39", &JIANGXIA, "环境工程师"),
    company("宜昌峡澜渡电力工程有限公司", "31", "23", &YICHANG, "电气工程师"),
    company("湖北楚锻材新材料制造有限公司", "39", "22", &JIANGXIA, "材料工程师"),
    company("湖北禾汇川农村金融服务有限公司", "31", "35", &XIANGYANG, "客户经理"),
    company("武汉寻鹤汀文化传媒有限公司", "39", "44", &HONGSHAN, "新媒体编辑"),
    company("襄阳岘麓川汽车零部件有限公司", "32", "22", &XIANGYANG, "机械设计工程师"),
    Firm { registrar: PUBLIC_INSTITUTION, ..company("湖北量澜光电应用研究院", "20", "38", &HONGSHAN, "研究助理") },
    company("黄冈艾坡禾健康用品有限公司", "39", "31", &HUANGGANG, "区域销售代表"),
    company("荆州沙渚月旅游酒店有限公司", "39", "33", &JINGZHOU, "前厅管培生"),
    company("武汉楠庭屿物业服务有限公司", "39", "36", &HONGSHAN, "物业管理员"),
];

const STARS: &str = "星光集团";

impl Firm {
    fn record(&self, row: u16) -> Value {
        let confirmed = matches!(self.standing, Standing::Active | Standing::Suspended);
        json!({
            "id": employer_id(row),
            "name": self.name,
            "credit_code": self.credit_code(row),
            "approved_by": self.approved_by(row),
            "suspended_at": (self.standing == Standing::Suspended).then_some("2026-10-01T08:00:00.000Z"),
            "signing_information": confirmed.then(|| self.signing_information(row)),
        })
    }

    fn credit_code(&self, row: u16) -> String {
        if self.name == STARS {
            return "911306007216356986".to_owned();
        }
        let organisation = ORGANISATION_CODE.complete(format!("MA9K{:04}", 1000 + row));
        CREDIT_CODE.complete(format!("{}420199{organisation}", self.registrar))
    }

    fn approved_by(&self, row: u16) -> &'static [&'static str] {
        match (self.standing, row % 4) {
            (Standing::Registered, _) => &[],
            (_, 3) => &["99002"],
            (_, 0) => &["99002", "99003"],
            (Standing::Approved | Standing::Active | Standing::Suspended, _) => &["99001"],
        }
    }

    fn signing_information(&self, row: u16) -> Value {
        json!({
            "nature": self.nature,
            "industry": self.industry,
            "region": self.site.region,
            "address": (self.name != STARS).then(|| self.address(row)),
            "contact": {"name": contact(row), "phone": self.phone(row), "email": email(row)},
            "default_position": (row % 5 != 3).then_some(self.position),
            "file_receiving": self.file_receiving(row),
            "household_receiving": self.household_receiving(row),
        })
    }

    fn address(&self, row: u16) -> String {
        format!("{}{row}号", self.site.address)
    }

    fn phone(&self, row: u16) -> String {
        format!("{}-8765{:04}", self.site.dialling, 4320 + row)
    }

    fn file_receiving(&self, row: u16) -> Value {
        let talent_service = || format!("{}人才服务中心（示例）", self.site.address.split("示例").next().unwrap_or_default());
        let (kind, organisation, department) = match row % 4 {
            0 => return json!({"accepts": "no"}),
            1 | 2 => ("employer", self.name.to_owned(), "人力资源部"),
            _ if row.is_multiple_of(3) => ("origin", talent_service(), "毕业生档案室"),
            _ => ("talent_service", talent_service(), "档案管理部"),
        };
        json!({
            "accepts": "yes",
            "kind": kind,
            "organisation": organisation,
            "address": self.address(row),
            "postcode": self.site.postcode,
            "department": department,
            "contact": contact(row),
            "phone": self.phone(row),
        })
    }

    fn household_receiving(&self, row: u16) -> Value {
        match row % 4 {
            0 | 3 => json!({"accepts": "no"}),
            _ if row > 12 => json!({"accepts": "yes", "kind": null, "address": self.address(row)}),
            _ => json!({"accepts": "yes", "kind": "迁入单位集体户", "address": self.address(row)}),
        }
    }
}

fn employer_id(row: u16) -> String {
    format!("e{row:03}")
}

fn contact(row: u16) -> String {
    if row == 1 { "赵敏".to_owned() } else { name(400 + row) }
}

fn email(row: u16) -> Option<String> {
    match row {
        1 => Some("hr@stars.example.com".to_owned()),
        2 => Some("hr@bridge.example.com".to_owned()),
        _ => (!row.is_multiple_of(7)).then(|| format!("hr@{}.example.com", employer_id(row))),
    }
}

// Log-ins

/// Somebody whom the local stack lets in.
#[derive(Default)]
struct Login {
    id: String,
    account: String,
    role: &'static str,
    name: String,
    school: Option<&'static str>,
    college: Option<&'static str>,
    employer: Option<String>,
    student: Option<String>,
    note: &'static str,
}

impl Login {
    fn record(self) -> Value {
        json!({
            "id": self.id,
            "account": self.account,
            "role": self.role,
            "name": self.name,
            "school": self.school,
            "college": self.college,
            "employer": self.employer,
            "student": self.student,
            "note": self.note,
        })
    }
}

fn people(students: &[Student]) -> Value {
    // Who is on two rosters logs in as the later record.
    let once = students.iter().filter(|student| student.row != TWICE);
    let students = once.filter_map(student_login);
    let employers = (1..).zip(&FIRMS).map(|(row, firm)| employer_login(row, firm));
    let colleges = (0..).zip(places()).map(|(n, place)| college_login(n, place));
    let offices = [("99001", ""), ("99001", "-b"), ("99002", ""), ("99003", "")];
    let offices = (13..).zip(offices).map(|(n, (school, suffix))| office_login(n, school, suffix));
    students.chain(employers).chain(colleges).chain(offices).map(Login::record).collect()
}

fn student_login(student: &Student) -> Option<Login> {
    let (school, college) = student.place;
    let named = NAMED.get(usize::from(student.row) - 1).map(|(_, nick, _)| (*nick).to_owned());
    if named.is_none() && !student.person.verified {
        return None;
    }
    Some(Login {
        id: named.unwrap_or_else(|| format!("s{:04}", student.person.seed)),
        account: student.person.login.clone(),
        role: "student",
        name: student.person.name.clone(),
        school: Some(school.id),
        college: Some(college.id),
        student: student.person.verified.then(|| student.id()),
        note: match student.row {
            1 => "the manual's own graduate",
            5 => "has not verified herself yet",
            row if row > TWICE => "the same person as a record of 99002, graduation year 2026",
            _ => "verified graduate",
        },
        ..Login::default()
    })
}

fn employer_login(row: u16, firm: &Firm) -> Login {
    let id = employer_id(row);
    Login {
        id: match row {
            1 => "stars-hr".to_owned(),
            2 => "bridge-hr".to_owned(),
            _ => format!("hr-{id}"),
        },
        account: format!("hr-{id}"),
        role: "employer",
        name: contact(row),
        employer: Some(id),
        note: match (firm.standing, firm.industry) {
            (Standing::Registered, _) => "registered, approved by no school",
            (Standing::Approved, _) => "approved, first log-in not yet confirmed",
            (Standing::Suspended, _) => "suspended",
            (Standing::Active, None) => "active; whoever certifies must fill in the industry",
            (Standing::Active, Some(_)) => "active",
        },
        ..Login::default()
    }
}

fn college_login(n: u16, (school, college): Place) -> Login {
    let id = format!("teacher-{}-{}", school.id, college.id);
    Login {
        account: id.clone(),
        id,
        role: "college",
        name: format!("{}老师", pick(SURNAMES, n)),
        school: Some(school.id),
        college: Some(college.id),
        note: "college officer",
        ..Login::default()
    }
}

fn office_login(n: u16, school: &'static str, suffix: &str) -> Login {
    let id = format!("office-{school}{suffix}");
    Login {
        account: id.clone(),
        id,
        role: "school",
        name: format!("{}老师", pick(SURNAMES, n)),
        school: Some(school),
        note: "officer of the school's employment office",
        ..Login::default()
    }
}

// Requests

/// One valid body per action. What stands in braces is filled in by whoever sends it.
fn requests(students: &[Student]) -> Vec<(&'static str, Value)> {
    let letter = FIRMS.first().map(letter);
    let certification = json!({"nature": "21", "industry": "21", "region": "150521"});
    let mut requests = vec![
        ("add-candidate", json!({"student_ref": "{student_ref}", "position": "软件开发工程师", "remark": "校园招聘"})),
        ("send-invitations", json!({"student_refs": ["{student_ref}"], "response_days": 5, "letter": letter})),
        ("accept-invitation", json!({"confirmation_token": "{confirmation_token}", "read": true, "sign_now": true})),
        ("reject-invitation", json!({"reason": "已有其他意向"})),
        ("certify-agreement", json!({"decision": "pass", "version": 1, "employer": certification})),
    ];
    requests.extend(students.first().map(|student| ("find-student", four_items(student))));
    requests
}

fn four_items(student: &Student) -> Value {
    json!({
        "school": student.place.0.id,
        "graduation_year": student.graduation_year,
        "name": student.person.name,
        "id_or_mobile": student.person.mobile(),
    })
}

fn letter(firm: &Firm) -> Value {
    json!({
        "position": firm.position,
        "job_category": "13",
        "workplace": "湖北省武汉市洪山区",
        "employment_form": "全日制劳动合同",
        "term_months": 36,
        "probation_months": 3,
        "pay": {"probation_monthly_fen": 800_000, "monthly_fen": 1_000_000},
        "benefits": "五险一金,提供住房",
        "report_on": "2027-07-01",
        "report_to": "星光集团人力资源部",
        "liability": "任何一方违约，应向对方支付违约金人民币5000元，并赔偿由此造成的直接损失。",
        "automatic_end": "升学、参军、录取公务员、未按期毕业、体检不合格",
        "disputes": "双方协商解决；协商不成的，向用人单位所在地人民法院提起诉讼。",
        "remark": "报到时须携带毕业证书、学位证书和报到通知；其他事项由劳动合同约定。",
        "file_receiving": firm.file_receiving(1),
        "household_receiving": firm.household_receiving(1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samplesdata_is_what_this_writes() {
        let written = std::env::temp_dir().join(format!("wangqian-samplesdata-{}", std::process::id()));
        write(&written).unwrap();
        let (written_files, kept_files) = (files(&written), files(&crate::root().unwrap().join("samplesdata")));
        fs::remove_dir_all(&written).unwrap();
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&written_files), names(&kept_files));
        for ((name, written), (_, kept)) in written_files.iter().zip(&kept_files) {
            assert!(written == kept, "{name} differs: run `cargo xtask samples` and read the difference");
        }
    }

    fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let paths = [folder.to_owned(), folder.join("requests")].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
        let paths = paths.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> =
            paths.map(|path| (path.strip_prefix(folder).unwrap().display().to_string(), fs::read(path).unwrap())).collect();
        files.sort();
        files
    }
}
