"""The store's tables, as sqlite-utils migrations. Named and laid out for people who open the file with Datasette.

Text columns that hold several values hold JSON. Dates are ISO dates of the legislature; instants are ISO, UTC.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("billwatch")

TABLES = {
    "bills": "One row a bill: the facts we hold, merged from the sources by the order of the legislature's list.",
    "actions": "The official history, oldest first, in the order the source gives.",
    "sponsorships": "Who is on the bill: role is primary, cosponsor or multisponsor.",
    "versions": "The prints of a bill: letter '' is the original.",
    "votes": "Committee and floor votes; counts and roll are JSON lists of [option, ...].",
    "relations": "Links between bills; kind: same-as, previous-version, substituted-by, probably-same, "
    "chapter-amendment. `other` may be "
    "a bill we do not hold. by: 'source' as stated by a source, 'billwatch' as inferred and unconfirmed.",
    "topics": "Why a bill is ours: the subtopic, the words that say so and how sure they make us, from 0 to 1.",
    "doubts": "What speaks for a subtopic but not enough, for a person to decide; its columns are those of topics.",
    "changes": "Everything that became different, once. A change without an earlier `was` has ''.",
    "observations": "The last answer of each source about each bill, as facts (JSON); source 'merged': as we hold it.",
    "disagreements": "Facts on which two sources that both carry them differ now.",
    "failures": "Bills that a source could not answer for, since when, and why.",
    "fetches": "Receipts: what was fetched when, its SHA-256, and where in the archive it lies.",
    "runs": "One row a run and source: asked, answered, unchanged, failed, changes, and how long it has been failing.",
    "bookmarks": "How far each source has been read, and which sources are asked.",
    "sessions": "The sessions that we hold bills of: when they begin and end, and whether we hold them whole.",
    "base_rates": "What became of the bills of a past session that stood at a place on a day. A row holds from its day "
    "until the next row of its place.",
    "settled": "Disagreements between sources that have ended.",
}


@migrations()
def first_tables(db: Database) -> None:
    """All tables of version 0.1."""
    db.executescript(
        """
        create table bills (
            id text primary key, legislature text not null, session text not null, identifier text not null,
            title text, abstract text, status text, committee text, version text, introduced_on text,
            law_section text, law_code text, act_clause text, sponsor text, substituted_by text,
            stage text not null default '', stage_since text not null default '', chamber text not null default '',
            sentence text not null default '', next text not null default '', official text not null default '',
            marks text not null default '[]', steps text not null default '[]', ended integer not null default 0,
            disagreement text not null default '',
            last_action_on text not null default '', last_action text not null default '',
            followed integer not null default 0, follow_reason text not null default '',
            first_seen_at text not null, changed_at text not null, unlisted_since text not null default ''
        );
        create index bills_number on bills (legislature, identifier);
        create index bills_followed on bills (followed) where followed;
        create table actions (
            bill text not null references bills (id), position integer not null, date text not null,
            chamber text not null, text text not null, classification text not null,
            primary key (bill, position)
        ) without rowid;
        create table sponsorships (
            bill text not null references bills (id), position integer not null, name text not null,
            short text not null, role text not null, primary key (bill, position)
        ) without rowid;
        create table versions (
            bill text not null references bills (id), letter text not null, published_on text not null,
            text text, memo text, primary key (bill, letter)
        ) without rowid;
        create table votes (
            bill text not null references bills (id), position integer not null, date text not null,
            chamber text not null, kind text not null, committee text not null, motion text not null,
            version text not null, counts text not null, roll text not null, primary key (bill, position)
        ) without rowid;
        create table relations (
            bill text not null references bills (id), kind text not null, other text not null,
            by text not null default 'source', evidence text not null default '',
            primary key (bill, kind, other)
        ) without rowid;
        create index relations_other on relations (other, kind);
        create table topics (
            bill text not null references bills (id), topic text not null, area text not null,
            evidence text not null, inherited_from text not null default '', primary key (bill, topic)
        ) without rowid;
        create table changes (
            id text primary key, bill text not null references bills (id), kind text not null, was text not null,
            now text not null, happened_on text not null, seen_at text not null, severity text not null,
            cause text not null, backfill integer not null, source text not null, url text not null,
            receipt text not null, position integer not null default 0, corrects text not null default ''
        ) without rowid;
        create index changes_bill on changes (bill, seen_at);
        create index changes_seen on changes (seen_at);
        create table observations (
            bill text not null references bills (id), source text not null, digest text not null, facts text not null,
            first_seen_at text not null, changed_at text not null, checked_at text not null,
            checks integer not null default 1, url text not null, receipt text not null,
            etag text not null default '', last_modified text not null default '', token text not null default '',
            missing integer not null default 0, primary key (bill, source)
        ) without rowid;
        create table disagreements (
            bill text not null references bills (id), fact text not null, source text not null,
            says text not null, since text not null, primary key (bill, fact, source)
        ) without rowid;
        create table failures (
            bill text not null, source text not null, since text not null, last_at text not null,
            times integer not null, error text not null, primary key (bill, source)
        ) without rowid;
        create table fetches (
            id text primary key, source text not null, url text not null, fetched_at text not null,
            status integer not null, sha256 text not null, bytes integer not null,
            file text not null default '', offset integer not null default 0
        ) without rowid;
        create index fetches_url on fetches (url, fetched_at);
        create table runs (
            id integer primary key, legislature text not null, source text not null, started_at text not null,
            finished_at text not null, asked integer not null, answered integer not null,
            unchanged integer not null, failed integer not null, changes integer not null,
            unclassified integer not null default 0, waiting integer not null default 0,
            last_good_at text not null default '', failing_since text not null default '',
            error text not null default ''
        );
        create table bookmarks (name text primary key, value text not null) without rowid;
        """
    )


@migrations()
def full_text_search(db: Database) -> None:
    """Search over title and abstract, kept in step by triggers."""
    db.table("bills").enable_fts(["title", "abstract"], tokenize="porter unicode61", create_triggers=True)
    # As made, the trigger rewrites the index at every update of a bill; where it stands is none of its business.
    (made,) = db.execute("select sql from sqlite_master where name = 'bills_au'").fetchone()
    db.executescript(f"drop trigger bills_au; {made.replace('AFTER UPDATE ON', 'AFTER UPDATE OF title, abstract ON')}")


@migrations()
def answers_by_row_id(db: Database) -> None:
    """The answers are long, and in a table without row ids SQLite fills its pages with long rows by half only."""
    (made,) = db.execute("select sql from sqlite_master where name = 'observations'").fetchone()
    db.executescript(
        f"""
        alter table observations rename to answers;
        {made.replace("without rowid", "")};
        insert into observations select * from answers order by bill, source;
        drop table answers;
        """
    )


@migrations()
def topic_scores(db: Database) -> None:
    """How sure each topic is, what is too weak for one, and by which taxonomy each legislature was read."""
    db.executescript(
        """
        alter table topics add column score real not null default 1;
        create table doubts (
            bill text not null references bills (id), topic text not null, area text not null,
            evidence text not null, inherited_from text not null default '', score real not null default 0,
            primary key (bill, topic)
        ) without rowid;
        create view borderline as
            select bill, topic, area, max(score) as score, evidence, title
            from (
                select bill, topic, area, score, evidence from topics
                union all select bill, topic, area, score, evidence from doubts
            ) join bills on bills.id = bill
            group by bill having max(score) > 0.35 and max(score) < 0.65
            order by abs(max(score) - 0.5), bills.session desc, bill;
        insert into bookmarks (name, value) select 'ny/taxonomy', value from bookmarks where name = 'taxonomy';
        delete from bookmarks where name = 'taxonomy';
        """
    )


@migrations()
def sessions_and_base_rates(db: Database) -> None:
    """What became of the bills of past sessions, when laws take effect, and how disagreements ended."""
    db.executescript(
        """
        alter table bills add column takes_effect text not null default '';
        alter table bills add column rates text not null default '[]';
        create index changes_corrections on changes (seen_at)
            where kind in ('action-edited', 'action-inserted', 'action-removed', 'vote-edited', 'vote-removed');
        create table sessions (
            legislature text not null, session text not null, begins_on text not null, ends_on text not null,
            bills integer not null, unread integer not null, read_at text not null, counted_at text not null,
            primary key (legislature, session)
        ) without rowid;
        create table base_rates (
            legislature text not null, session text not null, stage text not null, step text not null,
            chamber text not null, day integer not null, bills integer not null, passed integer not null,
            passed_both integer not null, law integer not null, vetoed integer not null, open integer not null,
            primary key (legislature, session, stage, step, chamber, day)
        ) without rowid;
        create table settled (
            bill text not null references bills (id), fact text not null, source text not null, says text not null,
            since text not null, until text not null, primary key (bill, fact, source, until)
        ) without rowid;
        """
    )


@migrations()
def bills_by_what_is_asked(db: Database) -> None:
    """Which bills of a legislature are followed, and which changed since, without going through all of them."""
    db.executescript(
        """
        drop index bills_followed;
        create index bills_followed on bills (legislature, id) where followed;
        create index bills_changed on bills (changed_at);
        """
    )


@migrations()
def returns_guessed_anew(db: Database) -> None:
    """Guesses of 0.1 called the same law the same section: all are made again, with what speaks for them now."""
    db.executescript(
        """
        delete from relations where kind = 'probably-same';
        delete from bookmarks where name like '%/returns-guessed-until';
        """
    )


@migrations()
def returns_guessed_by_any_name(db: Database) -> None:
    """Guesses missed who is Sepúlveda in one session and SEPULVEDA in another: what was not linked is held again, and
    what is linked is looked at again."""
    db.execute("delete from bookmarks where name like '%/returns-guessed-until'")
