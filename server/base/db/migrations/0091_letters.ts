import { type Kysely, sql } from 'kysely'

/**
 * Letters of citizens. Days are local; late and at risk follow from them and are not kept. Steps only grow; what is
 * known of the person is a row of its own, which can be deleted.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table letter (
        id int generated always as identity primary key,
        version int not null default 1,
        year int not null, serial int not null,
        reference text,
        via text not null check (via in ('form', 'import')),
        kind text not null check (kind in ('report', 'question', 'suggestion', 'praise')),
        title text not null, body text not null,
        -- SHA-256 of title and body without blanks and signs.
        mark text not null,
        state text not null check (state in ('received', 'assigned', 'returned', 'reviewing', 'answered', 'closed')),
        unit_id int references unit, district text,
        joint_unit_ids int[] not null default '{}', joint_districts text[] not null default '{}',
        rules text not null, workdays int not null, extended int, asked int, asked_by int references user_account,
        received_on text not null, due_on text not null, due_provisional boolean not null,
        act_from text, act_on text,
        first_answered_on text, answered_on text,
        reply text, reply_by int references user_account, replied_on text,
        rating int, published_on text,
        merged_into int references letter,
        site_id int references site, fault text, finding_id int references census_finding,
        created_at timestamptz not null,
        unique (year, serial)
      );
      create unique index letter_reference on letter (reference) where reference is not null;
      create index letter_open on letter (act_on, id) where act_on is not null;
      create index letter_open_unit on letter (unit_id, act_on, id) where act_on is not null;
      create index letter_provisional on letter (id) where due_provisional;
      create index letter_due on letter (due_on) include (unit_id, first_answered_on, rating, merged_into);
      create index letter_unit on letter (unit_id, id);
      create index letter_district on letter (district, id);
      create index letter_joint on letter using gin (joint_unit_ids) where joint_unit_ids <> '{}';
      create index letter_joint_district on letter using gin (joint_districts) where joint_districts <> '{}';
      create index letter_mark on letter (mark);
      create index letter_site on letter (site_id) where site_id is not null;
      create table letter_person (
        letter_id int primary key references letter,
        name text not null, phone text not null, mail text not null, address text not null,
        -- SHA-256 of what tells the person from others; empty where nothing does.
        mark text not null
      );
      create index letter_person_mark on letter_person (mark) where mark <> '';
      create table letter_step (
        id int generated always as identity primary key,
        letter_id int not null references letter,
        step text not null,
        at timestamptz not null, on_day text,
        actor_id int references user_account, actor_name text,
        unit_id int references unit, unit_name text,
        number int, text text not null
      );
      create index letter_step_letter on letter_step (letter_id)
    `)
    .execute(db)
}
