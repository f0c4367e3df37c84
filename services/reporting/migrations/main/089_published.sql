-- Whether somebody has shown something of a matter to everybody is folded with the card (`Card.published`): a proof of
-- work counts in the round in which it was shown, so that also an audit that reopens takes the matter back; and lists,
-- counts and the map for everybody cost as much as is published, not as much as there is.
alter table reporting.complaint add column published boolean not null default false;

update reporting.complaint c set published = true
    where c.confidentiality = 'normal' and c.phase in ('working', 'resolved', 'closed')
        and not coalesce((c.card::jsonb ->> 'undone')::boolean, false)
        and (
            c.shown_before is not null or c.shown_after is not null
            or exists (
                select 1 from jsonb_each(coalesce(c.card::jsonb -> 'publications', '{}')) as p
                where p.value ->> 'standing' in ('posted', 'linked')
                    and (p.value ->> 'round')::integer = (c.card::jsonb ->> 'round')::integer
            )
        );

create index complaint_published on reporting.complaint (city, received_at desc, complaint) where published;

-- Matters of people are never among them, whatever was shown.
create or replace view reporting.published as
    select c.complaint as id, c.city, c.category, c.ward, c.phase, c.phase = 'closed' as ended, c.ended as ended_how,
        c.lead, c.received_at, c.expected_end,
        (select max(s.at) from reporting.step s where s.complaint = c.complaint) as updated_at, c.district
    from reporting.complaint c
    where c.published and c.category is not null
        and c.category <> all (array[
            'violence_at_home', 'official_conduct', 'neighbour_in_need', 'street_people', 'disease', 'crime',
            'unfit_house', 'community_dispute', 'social_aid', 'alcohol_vice', 'school_conduct', 'civil_servants',
            'wages', 'health_service'
        ]);
drop index reporting.step_proof;

-- How many of them there were lately, for the whole city and never fewer than three: one or two would say that somebody
-- has complained. Secret ones are not counted, nor what nobody has screened.
create view reporting.counted_people as
    select c.city, c.category, count(*)::integer as received
    from reporting.complaint c
    where c.category = any (array[
            'violence_at_home', 'official_conduct', 'neighbour_in_need', 'street_people', 'disease', 'crime',
            'unfit_house', 'community_dispute', 'social_aid', 'alcohol_vice', 'school_conduct', 'civil_servants',
            'wages', 'health_service'
        ])
        and c.confidentiality <> 'secret' and c.phase in ('working', 'resolved', 'closed')
        and c.received_at > now() - interval '90 days'
    group by c.city, c.category having count(*) >= 3;
grant select on reporting.counted_people to tuntas_public, tuntas_reporting;
