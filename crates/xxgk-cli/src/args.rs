//! What can be asked for.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use xxgk::Options;
use xxgk::sql::Dialect;

use crate::shown::As;

/// 审核政府信息公开情况统计表的勾稽关系
/// (Checks the open-government statistics that Chinese agencies publish)
#[derive(Debug, Parser)]
#[command(name = "xxgk", version, arg_required_else_help = true)]
pub struct Args {
    /// 提示的语言 (language of the messages)
    #[arg(long, global = true, value_enum, default_value_t)]
    pub lang: Lang,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 审核一个或多个文件 (check files)
    Check(Check),
    /// 收表：审核整个文件夹的报告，写成退回修改清单 (collect the reports of many agencies, and write what is sent back)
    Collect(Collect),
    /// 把问题标注在文件的副本上：批注和底色 (a copy of the file with comments and colours where something is found)
    Annotate(Annotate),
    /// 审核数据文件中的大量记录 (check many records in Parquet and CSV files)
    Batch(Batch),
    /// 改正有唯一改法的数，打印改正后的表 (correct what can be corrected in one way only, and print the table)
    Repair(Repair),
    /// 补填由规则唯一确定的空白，打印补填后的表 (fill in the blanks that the rules leave one value, and print the table)
    Impute(Impute),
    /// 只读出表中的数，供其他程序使用 (only read the tables, for other programs)
    Extract(Extract),
    /// 核对汇总：上级等于各下级之和 (the level above against the sum of its parts)
    Rollup(Rollup),
    /// 把规则写成 SQL，在数据库中审核 (the rules as SQL, to check records in a database)
    Sql(Sql),
    /// 检查规则本身：互相矛盾、多余、不起作用 (check the rules themselves: against each other)
    Lint(Lint),
    /// 说明一条规则 (explain one rule)
    Explain {
        /// 规则编号，如 R306、S008 (id of the rule)
        id: String,
        #[command(flatten)]
        forms: FormArgs,
    },
    /// 列出各种表式的全部规则 (list the rules of the forms)
    Rules {
        #[command(flatten)]
        forms: FormArgs,
        /// 输出格式 (output format)
        #[arg(long, value_enum, default_value_t)]
        format: CatalogueFormat,
    },
    /// 列出能读取的文件格式 (list the formats of files that are read)
    Formats,
}

#[derive(Debug, Arguments)]
pub struct FormArgs {
    /// 表式：编号或TOML文件；不写则按表中的指标辨认 (form: an id or a TOML file; told by the rows where it is not given)
    #[arg(long, value_name = "ID|FILE")]
    pub form: Option<String>,
    /// 补充的规则文件，可以多次 (file of more rules; may be given several times)
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
}

#[derive(Debug, Arguments)]
pub struct Check {
    /// 文件、文件夹、通配符，或 - 表示标准输入 (files, folders, patterns, or - for standard input)
    #[arg(required = true, value_name = "FILE|DIR|GLOB|-")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub forms: FormArgs,
    #[command(flatten)]
    pub beside: BesideArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    /// 是否核对正文中的说法 (whether the sentences are held against the table)
    #[arg(long, value_enum, default_value_t)]
    pub prose: Switch,
    /// 是否核对报告的整体：各部分是否齐全，年度、单位是否一致 (whether the report is checked as a whole: its parts, its year, its agency)
    #[arg(long, value_enum, default_value_t)]
    pub report: Switch,
    /// 同时审核多少个文件 (how many files are checked at once)
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Arguments)]
pub struct Collect {
    /// 各单位报送的文件所在的文件夹 (folder with the files of the agencies)
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// 退回修改清单，写成工作簿 (the workbook to write)
    #[arg(long, short, value_name = "FILE.xlsx")]
    pub output: PathBuf,
    /// 单位名单：名称、上级、别名；有了名单才能列出未报的单位，核对汇总
    /// (list of agencies: name, parent, aliases; by it is known who has not reported, and sums are checked)
    #[arg(long, value_name = "FILE.xlsx|csv|toml")]
    pub agencies: Option<PathBuf>,
    /// 收哪一年的报告；不写则为多数报告的年度 (year that is collected; that of most reports where it is not given)
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,
    /// 上年报告的文件夹：按单位名称对应，其次按文件名 (folder of last year's reports: paired by agency, else by file name)
    #[arg(long, value_name = "DIR")]
    pub previous: Option<PathBuf>,
    /// 每个单位写一份审核单，放在这个文件夹 (folder for a review sheet of each agency)
    #[arg(long, value_name = "DIR")]
    pub letters: Option<PathBuf>,
    #[command(flatten)]
    pub forms: FormArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    /// 同时审核多少个文件 (how many files are checked at once)
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Arguments)]
pub struct Annotate {
    /// 文件：docx、xlsx 或网页 (file: docx, xlsx or a web page)
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
    /// 副本写到哪个文件 (file for the copy)
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    #[command(flatten)]
    pub forms: FormArgs,
    #[command(flatten)]
    pub read: ReadArgs,
}

/// How a table is read.
#[derive(Debug, Arguments)]
pub struct ReadArgs {
    /// 有多个数值列时，读哪一列 (heading of the column to read, where a table has several)
    #[arg(long, value_name = "NAME")]
    pub column: Option<String>,
    /// 空白的单元格按什么处理 (what a blank cell is read as)
    #[arg(long, value_enum, default_value_t)]
    pub blanks: Blanks,
}

impl ReadArgs {
    /// The same for the library: the tables alone, without the text around them.
    pub fn options(&self) -> Options {
        Options {
            value_column: self.column.clone(),
            prose: false,
            report: false,
            blanks: match self.blanks {
                Blanks::Missing => xxgk::Blanks::Missing,
                Blanks::Zero => xxgk::Blanks::Zero,
            },
        }
    }
}

/// What a blank cell is read as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Blanks {
    /// 缺失，空白不等于0 (missing: a blank is not a zero)
    #[default]
    Missing,
    /// 0，并在结果中说明 (zero, which is said in the report)
    Zero,
}

/// What a table is held against that does not stand in it.
#[derive(Debug, Arguments)]
pub struct BesideArgs {
    /// 上年的报告：同时核对年度之间的关系；check 也可以是文件夹，按单位名称对应，其次按文件名
    /// (last year's report: the relations between years are checked too; for check also a folder, paired by agency, else by file name)
    #[arg(long, value_name = "FILE|DIR")]
    pub previous: Option<PathBuf>,
    /// 表中没有结转行时，上年结转的申请数 (requests carried in from last year, where the form has no row for them)
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub carried_in: u64,
    /// 表中没有结转行时，结转下年度的申请数 (requests carried out into next year, likewise)
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub carried_out: u64,
}

#[derive(Debug, Arguments)]
pub struct Repair {
    /// 文件，或 - 表示标准输入 (file, or - for standard input)
    #[arg(value_name = "FILE|-")]
    pub input: PathBuf,
    /// 改正哪些 (what to correct)
    #[arg(long, value_enum, default_value_t)]
    pub apply: Apply,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t)]
    pub format: RepairFormat,
    #[command(flatten)]
    pub forms: FormArgs,
    #[command(flatten)]
    pub beside: BesideArgs,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Arguments)]
pub struct Impute {
    /// 文件，或 - 表示标准输入 (file, or - for standard input)
    #[arg(value_name = "FILE|-")]
    pub input: PathBuf,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t)]
    pub format: RepairFormat,
    #[command(flatten)]
    pub forms: FormArgs,
    /// 有多个数值列时，读哪一列 (heading of the column to read, where a table has several)
    #[arg(long, value_name = "NAME")]
    pub column: Option<String>,
}

#[derive(Debug, Arguments)]
pub struct Batch {
    /// Parquet、CSV文件，带引号的通配符，或文件夹 (Parquet and CSV files, quoted patterns, or folders)
    #[arg(required_unless_present = "template", value_name = "FILE|GLOB|DIR")]
    pub inputs: Vec<PathBuf>,
    /// 把问题写入文件 (file for the findings)
    #[arg(long, value_name = "FILE.parquet|csv|jsonl")]
    pub out: Option<PathBuf>,
    /// 只要每条规则的计数：列出全部规则，写入文件的也是计数 (only the counts: of every rule, and in the file too)
    #[arg(long)]
    pub counts: bool,
    /// 标识每条记录的列，一个文件中不得重复；不写则用记录序号
    /// (column that names the records, each once in a file; their numbers where it is not given)
    #[arg(long, value_name = "COLUMN")]
    pub key: Option<String>,
    /// 记录的年度所在的列：记录按标识和年度区分，并与同一标识上一年的记录核对年度之间的规则；不写 --previous 的，上一年的记录也在这些文件中
    /// (column of the year of each record: a record is one of its key and its year, and is held against that of its key of the year
    /// before by the rules between years; without --previous, that is in the same files)
    #[arg(long, value_name = "COLUMN", requires = "key")]
    pub year: Option<String>,
    /// 上年的记录：按标识对应，核对年度之间的规则 (last year's records: paired by their keys, for the rules between years)
    #[arg(long, value_name = "FILE|GLOB|DIR", requires = "key")]
    pub previous: Option<PathBuf>,
    /// 名单：应有哪些标识，每行一个，或CSV文件的标识列（没有的用第一列）；缺少的、多出的都列出
    /// (list of the keys that are expected, one a line, or the key column of a CSV file, else its first: what is missing and what is not in it is said)
    #[arg(long, value_name = "LIST", requires = "key")]
    pub expect: Option<PathBuf>,
    /// 找出不符合的记录最少要改哪些数，写入问题文件的 corrections 列 (what is the smallest correction of each record, in the column `corrections`)
    #[arg(long)]
    pub localise: bool,
    /// 列名对照文件 (file that says which column stands for which indicator)
    #[arg(long, value_name = "MAP.toml")]
    pub columns: Option<PathBuf>,
    /// 写出列名对照文件，供修改后用于 --columns (write such a file, to be corrected for --columns)
    #[arg(long, conflicts_with_all = ["out", "counts"])]
    pub template: bool,
    /// 表示空白的文字或数，如 NA,n/a,- (texts and numbers that stand for a blank)
    #[arg(
        long,
        value_name = "TEXT,…",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub blank: Vec<String>,
    /// 有对应列的指标不足一半也审核，其余按空白 (check where fewer than half of the indicators have a column; the others are blank)
    #[arg(long)]
    pub partial: bool,
    #[command(flatten)]
    pub forms: FormArgs,
    /// 用多少个线程 (how many threads)
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// 有任何问题（包括核实性）即以 1 退出 (exit with 1 on any finding, soft ones too)
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Arguments)]
pub struct Extract {
    /// 文件、文件夹，或 - 表示标准输入 (files, folders, or - for standard input)
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t)]
    pub format: ExtractFormat,
    #[command(flatten)]
    pub forms: FormArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    /// 同时读多少个文件 (how many files are read at once)
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Arguments)]
pub struct Rollup {
    /// 上级的报告，然后是各下级的报告 (the report of the level above, then those of its parts)
    #[arg(value_name = "PARENT CHILD", num_args = 2.., required_unless_present = "manifest")]
    pub files: Vec<PathBuf>,
    /// 汇总清单：上级和各下级的名称与文件，未报的不写文件 (manifest: the parent, and the name and file of each part)
    #[arg(long, value_name = "FILE.toml", conflicts_with = "files")]
    pub manifest: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub forms: FormArgs,
}

#[derive(Debug, Arguments)]
pub struct Sql {
    /// 给哪种数据库 (for which engine)
    #[arg(long, value_name = "duckdb|spark|postgres|datafusion")]
    pub dialect: Dialect,
    /// 数据表，每行一份统计表，列名为指标的键；名称中有点的放在双引号里
    /// (table of a record each row, its columns called by the keys of the cells; a name with a dot in double quotes)
    #[arg(long, value_name = "[SCHEMA.]TABLE")]
    pub table: String,
    /// 区分各份统计表的列：列出各条不成立的规则 (column that tells the records apart: which rules fail on which)
    #[arg(long, value_name = "COLUMN", conflicts_with = "counts")]
    pub key: Option<String>,
    /// 只数每条规则成立、不成立、不能判定的各有多少 (only how many records pass, fail and leave open each rule)
    #[arg(long)]
    pub counts: bool,
    /// 列名对照文件 (file that says which column stands for which indicator)
    #[arg(long, value_name = "MAP.toml")]
    pub columns: Option<PathBuf>,
    /// 表式：编号或TOML文件；不写则为规则文件所扩展的，没有规则文件则为 nine-category
    /// (form: an id or a TOML file; else the one that the rules extend, else nine-category)
    #[arg(long, value_name = "ID|FILE")]
    pub form: Option<String>,
    /// 补充的规则文件，可以多次 (file of more rules; may be given several times)
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
}

#[derive(Debug, Arguments)]
pub struct Lint {
    /// 表式文件、规则文件或表式编号；不写则为全部内置表式 (files of forms or of rules, or ids of forms; all built-in forms where none is given)
    #[arg(value_name = "FILE|ID")]
    pub inputs: Vec<String>,
    /// 规则文件所补充的表式 (form that the files of rules are for)
    #[arg(long, value_name = "ID|FILE")]
    pub form: Option<String>,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t)]
    pub format: LintFormat,
    /// 多余、不起作用等也以 1 退出，说明除外 (exit with 1 on warnings too, but not on notes)
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Arguments)]
pub struct OutputArgs {
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
    /// 有任何问题（包括核实性）即以 1 退出 (exit with 1 on any finding, soft ones too)
    #[arg(long)]
    pub strict: bool,
    /// 同时列出不能判定的规则、全部改法和对正文的理解 (list the undetermined rules too, every way to correct, and what was understood of the text)
    #[arg(long)]
    pub verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// In what a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// 供人阅读 (for people)
    #[default]
    Text,
    /// 一个数组 (one array)
    Json,
    /// 每张表一行 (one line a table)
    Jsonl,
    /// 网页，可在浏览器中查看和打印 (a page for the browser and the printer)
    Html,
    /// SARIF 2.1.0，供代码扫描和编辑器显示 (for code scanning and editors)
    Sarif,
    /// JUnit，供 GitLab、Jenkins 等按测试显示；汇总没有这种格式 (as tests, for GitLab, Jenkins and others; not for roll-ups)
    Junit,
    /// GitHub 工作流的注释 (annotations of a workflow of GitHub)
    Github,
}

/// In what a table is written that was corrected, or filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RepairFormat {
    /// 表本身，供人阅读 (the table itself, for people)
    #[default]
    Text,
    /// 一个数组 (one array)
    Json,
    /// 每张表一行 (one line a table)
    Jsonl,
}

/// In what the remarks on rules are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// 供人阅读 (for people)
    #[default]
    Text,
    /// 一个数组 (one array)
    Json,
    /// 每种表式一行 (one line a form)
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Apply {
    /// 只改能确定是多少的数 (only what can have one value)
    #[default]
    Determined,
    /// 也改只知道错在哪里、不能确定是多少的数：改为空白 (also what is known to be wrong, but not what is right: it becomes blank)
    Unique,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// 一个数组 (one array)
    #[default]
    Json,
    /// 每张表一行 (one line a table)
    Jsonl,
    /// TOML，每张表一段 (TOML, one section a table)
    Toml,
    /// 每格一行 (one line a cell)
    Csv,
    /// 每张表一行，每个指标一列，可用 batch 审核 (one line a table and one column an indicator, which batch checks)
    WideCsv,
    /// 同上，写成 Parquet (the same as Parquet)
    Parquet,
    /// 同上，写成工作簿，供查看 (the same as a workbook, to be looked at)
    Xlsx,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    #[default]
    On,
    Off,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum CatalogueFormat {
    /// 表格 (a table)
    #[default]
    Table,
    /// 一种表式的文件 (the file of one form)
    Toml,
    /// 每种表式的行和规则 (rows and rules of each form)
    Json,
}

impl From<Apply> for xxgk::edit::Apply {
    fn from(apply: Apply) -> Self {
        match apply {
            Apply::Determined => xxgk::edit::Apply::Determined,
            Apply::Unique => xxgk::edit::Apply::Unique,
        }
    }
}

impl From<Lang> for xxgk::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => xxgk::Lang::Zh,
            Lang::En => xxgk::Lang::En,
        }
    }
}

impl Command {
    /// What it writes; on a terminal, all of it is for people.
    pub fn output(&self, terminal: bool) -> As {
        let raw = if terminal { As::Text } else { As::Raw };
        let report = |format: ReportFormat| match format {
            ReportFormat::Text
            | ReportFormat::Html
            | ReportFormat::Junit
            | ReportFormat::Github => As::Text,
            ReportFormat::Json | ReportFormat::Jsonl | ReportFormat::Sarif => As::Json,
        };
        match self {
            Command::Check(check) => report(check.output.format),
            Command::Rollup(rollup) => report(rollup.output.format),
            Command::Repair(repair) if repair.format != RepairFormat::Text => As::Json,
            Command::Impute(impute) if impute.format != RepairFormat::Text => As::Json,
            Command::Lint(lint) if lint.format != LintFormat::Text => As::Json,
            Command::Rules { format, .. } => match format {
                CatalogueFormat::Table => As::Text,
                CatalogueFormat::Toml => raw,
                CatalogueFormat::Json => As::Json,
            },
            Command::Extract(extract) => match extract.format {
                ExtractFormat::Json | ExtractFormat::Jsonl => As::Json,
                ExtractFormat::Toml | ExtractFormat::Csv | ExtractFormat::WideCsv => raw,
                ExtractFormat::Parquet | ExtractFormat::Xlsx => As::Raw,
            },
            Command::Batch(batch) if batch.template => raw,
            Command::Sql(_) => raw,
            Command::Batch(_)
            | Command::Collect(_)
            | Command::Repair(_)
            | Command::Impute(_)
            | Command::Annotate(_)
            | Command::Lint(_)
            | Command::Explain { .. }
            | Command::Formats => As::Text,
        }
    }
}
