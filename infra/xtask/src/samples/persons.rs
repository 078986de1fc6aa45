//! Synthetic people: names, numbers with right check characters, log-ins.

/// A number that ends in a check character: the weighted sum of its digits chooses one of `checks`.
pub(super) struct Scheme {
    pub(super) weights: &'static [usize],
    pub(super) digits: &'static str,
    pub(super) checks: &'static str,
}

/// 居民身份证号, GB 11643.
pub(super) const RESIDENT_ID: Scheme =
    Scheme { weights: &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], digits: "0123456789", checks: "10X98765432" };

/// 组织机构代码, GB 11714.
pub(super) const ORGANISATION_CODE: Scheme =
    Scheme { weights: &[3, 7, 9, 10, 5, 8, 4, 2], digits: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", checks: "0X987654321" };

/// 统一社会信用代码, GB 32100.
pub(super) const CREDIT_CODE: Scheme = Scheme {
    weights: &[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28],
    digits: "0123456789ABCDEFGHJKLMNPQRTUWXY",
    checks: "0YXWUTRQPNMLKJHGFEDCBA987654321",
};

impl Scheme {
    pub(super) fn complete(&self, mut body: String) -> String {
        let values = body.chars().filter_map(|digit| self.digits.find(digit));
        let sum: usize = values.zip(self.weights).map(|(value, weight)| value * weight).sum();
        body.extend(self.checks.chars().nth(sum % self.checks.len()));
        body
    }
}

// Persons

pub(super) const SURNAMES: &str = "刘 何 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 \
    苏 卢 蒋 柯 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 \
    范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 欧阳 司马 诸葛 上官 慕容";

pub(super) const GIVEN_NAMES: &str = "雨桐 子墨 思涵 嘉怡 浩然 欣妍 一诺 梓轩 静姝 文博 若溪 俊驰 晓彤 天佑 语嫣 \
    睿 楠 昕 瑶 洋 婷 磊 萌 琪 越 \
    雅琴 志远 梦洁 泽宇 诗琪 承泽 佳宁 宇航 可欣 明轩 芷若 博文 念慈 景行 书瑶 \
    向阳 海燕 春晖 秋实 冬雪 建业 小满 立夏 望舒 知秋 清扬 鹤鸣 松涛";

/// Names that a careless program breaks: with a middle dot, and with a character outside the common sets.
pub(super) const RARE_NAMES: [(u16, &str); 2] = [(7, "买买提·艾力"), (8, "张㛃")];

/// A natural person. `seed` decides all numbers, so that one person has the same on every record.
pub(super) struct Person {
    pub(super) seed: u16,
    pub(super) name: String,
    pub(super) login: String,
    pub(super) verified: bool,
}

impl Person {
    /// Every tenth has verified, and two more: of 99001, graduation year 2026.
    pub(super) fn graduate(seed: u16) -> Self {
        Self { seed, name: name(seed), login: format!("student-{seed:04}"), verified: seed % 10 == 6 || seed % 220 == 27 }
    }

    pub(super) fn named(seed: u16, name: &str, nick: &str) -> Self {
        Self { seed, name: name.to_owned(), login: format!("student-{nick}"), verified: nick != "chen" }
    }

    pub(super) fn id(&self) -> String {
        format!("p{}", letters(u64::from(self.seed), 19))
    }

    pub(super) fn resident_id(&self) -> String {
        let Self { seed, .. } = self;
        let (year, month, day) = (2003 + seed % 3, 1 + seed * 5 % 12, 1 + seed * 11 % 28);
        RESIDENT_ID.complete(format!("420199{year}{month:02}{day:02}{:03}", 100 + seed))
    }

    pub(super) fn mobile(&self) -> String {
        let prefix = if self.seed.is_multiple_of(3) { "16600" } else { "19900" };
        format!("{prefix}{:06}", u32::from(self.seed) * 7919 % 1_000_000)
    }

    pub(super) fn email(&self) -> Option<String> {
        (!self.seed.is_multiple_of(29)).then(|| format!("{}@example.com", self.login))
    }

    pub(super) fn account(&self) -> Option<&str> {
        self.verified.then_some(&self.login)
    }
}

/// A name of its own for each seed: the two lists have coprime lengths.
pub(super) fn name(seed: u16) -> String {
    let common = || format!("{}{}", pick(SURNAMES, seed), pick(GIVEN_NAMES, seed));
    RARE_NAMES.iter().find(|(rare, _)| *rare == seed).map_or_else(common, |(_, name)| (*name).to_owned())
}

pub(super) fn pick(words: &'static str, n: u16) -> &'static str {
    words.split_whitespace().cycle().nth(usize::from(n)).unwrap_or_default()
}

/// Lower-case letters and digits without pattern, from a linear congruential generator.
pub(super) fn letters(seed: u64, length: usize) -> String {
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    let states = std::iter::successors(Some(seed), step).skip(3);
    states.filter_map(|state| char::from_digit(u32::try_from(state >> 33).ok()? % 36, 36)).take(length).collect()
}
