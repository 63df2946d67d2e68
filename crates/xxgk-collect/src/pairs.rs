//! Which report of the year before belongs to a report: that of the same agency, else the one whose file has the same name.

use xxgk::LastYear;

use crate::agencies::Agencies;
use crate::names::{Meaning, Names, in_file, normal, of_any_year};

/// The reports of the year before, by agency and by the names of their files.
#[derive(Debug)]
pub struct Pairs<'a> {
    list: Option<&'a Agencies>,
    reports: Vec<LastYear>,
    agencies: Names<usize>,
    files: Names<usize>,
}

/// Why no report of the year before belongs to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPair {
    /// There is none.
    None,
    /// There are several, and which one it is is not known.
    Several,
}

impl<'a> Pairs<'a> {
    /// These reports; what each is called is the name of its file. Agencies are known by their other names where a list has
    /// them.
    #[must_use]
    pub fn new(list: Option<&'a Agencies>, reports: Vec<LastYear>) -> Self {
        let (mut agencies, mut files) = (Names::default(), Names::default());
        for (index, report) in reports.iter().enumerate() {
            let named = report.tables().iter().filter_map(|it| it.agency.clone());
            let mut names: Vec<String> = named.collect();
            if names.is_empty() {
                names.extend(in_file(report.name()));
            }
            for name in names {
                agencies.add(&known(list, &name), index);
            }
            files.add(&of_any_year(report.name()), index);
        }
        Pairs {
            list,
            reports,
            agencies,
            files,
        }
    }

    /// The report that belongs to a table of a file, which may name its agency and its year. Of several reports of an agency it
    /// is the one that has a table of the year before.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn of(
        &self,
        agency: Option<&str>,
        year: Option<u16>,
        file: &str,
    ) -> Result<&LastYear, NoPair> {
        let before = |it: &usize| self.is_before(*it, year);
        let name = agency.map(str::to_owned).or_else(|| in_file(file));
        let by_agency = name.map(|it| self.agencies.meaning(&known(self.list, &it)));
        let by_file = || match normal(&of_any_year(file)) {
            // What has only a year as its name, or no letters, says nothing.
            name if !name.contains(char::is_alphabetic) => Meaning::None,
            name => self.files.meaning(&name),
        };
        let found = match by_agency {
            Some(Meaning::Same(report) | Meaning::Contained(report)) => Ok(report),
            Some(Meaning::Several(reports)) => only(reports.into_iter().filter(before)),
            _ => Err(NoPair::None),
        };
        let found = found.or_else(|why| match by_file() {
            Meaning::Same(report) if self.may_be(report, agency) => Ok(report),
            Meaning::Several(reports) => {
                let reports = reports.into_iter().filter(before);
                only(reports.filter(|it| self.may_be(*it, agency)))
            }
            _ => Err(why),
        });
        found.and_then(|it| self.reports.get(it).ok_or(NoPair::None))
    }

    /// Whether a report has a table of the year before.
    fn is_before(&self, report: usize, year: Option<u16>) -> bool {
        let tables = self.reports.get(report).map_or(&[][..], LastYear::tables);
        let before = year.and_then(|it| it.checked_sub(1));
        before.is_some() && tables.iter().any(|it| it.year == before)
    }

    /// Whether a report whose file has the same name may be that of an agency: both name one, and not the same, it is not.
    fn may_be(&self, report: usize, agency: Option<&str>) -> bool {
        let tables = self.reports.get(report).map_or(&[][..], LastYear::tables);
        let named: Vec<&String> = tables.iter().filter_map(|it| it.agency.as_ref()).collect();
        let is_same = |name: &str| {
            let name = normal(&known(self.list, name));
            named.iter().any(|it| normal(&known(self.list, it)) == name)
        };
        named.is_empty() || agency.is_none_or(is_same)
    }
}

/// The only one of several.
fn only(mut reports: impl Iterator<Item = usize>) -> Result<usize, NoPair> {
    match (reports.next(), reports.next()) {
        (Some(report), None) => Ok(report),
        _ => Err(NoPair::Several),
    }
}

/// The name that the list has for an agency that it has another name for, else the name itself.
fn known(list: Option<&Agencies>, name: &str) -> String {
    match list.map(|it| (it, it.meaning(name))) {
        Some((list, Meaning::Same(agency) | Meaning::Contained(agency))) => {
            list.name(agency).to_owned()
        }
        _ => name.to_owned(),
    }
}
