//! Points in time as Go's `time` prints and moves them.

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time as CivilTime},
    fmt::temporal::{Pieces, PiecesOffset},
    tz::{Offset, TimeZone},
};
use std::fmt;

/// To the second, with its offset from UTC.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Time(Zoned);

impl Time {
    pub(super) fn now() -> Self {
        Self(Timestamp::now().to_zoned(TimeZone::UTC))
    }

    /// `2020-02-12T06:36:13Z`, `2020-02-12T06:36:13+01:00`
    pub(super) fn parse(text: &str) -> Option<Self> {
        let at = text.as_bytes().get(10)?;
        let pieces = Pieces::parse(text).ok().filter(|it| *at == b'T' && it.time_zone_annotation().is_none())?;
        let offset = match pieces.offset()? {
            PiecesOffset::Zulu => Offset::UTC,
            PiecesOffset::Numeric(offset) => offset.offset(),
            _ => return None,
        };
        let date_time = pieces.date().to_datetime(pieces.time()?);
        Some(Self(offset.to_timestamp(date_time).ok()?.to_zoned(zone(offset))))
    }

    pub(super) fn is_past(&self) -> bool {
        Timestamp::now() > self.0.timestamp()
    }

    /// Day, hour, minute, month, second, seconds since 1970, year.
    pub(super) fn parts(&self) -> [i64; 7] {
        let it = &self.0;
        let [day, hour, minute, month, second] =
            [it.day(), it.hour(), it.minute(), it.month(), it.second()].map(i64::from);
        [day, hour, minute, month, second, it.timestamp().as_second(), it.year().into()]
    }

    /// What is too much for a month goes over into the next: January 31 and a month is March 2 or 3.
    pub(super) fn add_date(&self, years: i64, months: i64, days: i64) -> Option<Self> {
        let month = i64::from(self.0.month()) - 1 + months;
        let year = i64::from(self.0.year()).checked_add(years)?.checked_add(month.div_euclid(12))?;
        let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
        let days = i64::from(self.0.day() - 1).checked_add(days)?;
        let date = first.checked_add(SignedDuration::from_hours(days.checked_mul(24)?)).ok()?;
        self.with(date, self.0.time())
    }

    pub(super) fn add_seconds(&self, seconds: i64) -> Option<Self> {
        self.0.checked_add(SignedDuration::from_secs(seconds)).ok().map(Self)
    }

    fn with(&self, date: Date, time: CivilTime) -> Option<Self> {
        let offset = self.0.offset();
        let year = date.year();
        let timestamp = offset.to_timestamp(date.to_datetime(time)).ok()?;
        (1..=9999).contains(&year).then(|| Self(timestamp.to_zoned(zone(offset))))
    }
}

fn zone(offset: Offset) -> TimeZone {
    if offset == Offset::UTC { TimeZone::UTC } else { TimeZone::fixed(offset) }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = if self.0.offset() == Offset::UTC { "Z" } else { "%:z" };
        write!(f, "{}", self.0.strftime(&format!("%Y-%m-%dT%H:%M:%S{zone}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moved() {
        let cases = [
            ("2020-01-31T00:00:00Z", [0, 1, 0], "2020-03-02T00:00:00Z"),
            ("2021-01-31T10:20:30+02:00", [0, 1, 0], "2021-03-03T10:20:30+02:00"),
            ("2020-02-29T23:59:59Z", [1, 0, 0], "2021-03-01T23:59:59Z"),
            ("2020-03-01T00:00:00Z", [0, -13, -1], "2019-01-31T00:00:00Z"),
            ("2020-12-31T00:00:00-05:30", [0, 0, 1], "2021-01-01T00:00:00-05:30"),
        ];
        for (from, [years, months, days], to) in cases {
            let moved = Time::parse(from).unwrap().add_date(years, months, days).unwrap();
            assert_eq!(moved.to_string(), to);
        }
        for wrong in ["", "2020-01-31", "2020-01-31T00:00:00", "2020-01-31 00:00:00Z", "2020-13-01T00:00:00Z"] {
            assert_eq!(Time::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Time::parse("1970-01-02T00:00:01Z").unwrap().parts(), [2, 0, 0, 1, 1, 86401, 1970]);
    }
}
