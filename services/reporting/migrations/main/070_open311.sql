-- What stands in lists for everybody: matters of which a person has cleared something for all (a picture, so far), never
-- a secret or anonymous one, never one about people. Without the ticket, whose holder could be passed for.
create view reporting.published as
    select c.complaint as id, c.city, c.category, c.ward, c.phase, c.phase = 'closed' as ended, c.ended as ended_how,
        c.lead, c.received_at, c.expected_end,
        (select max(s.at) from reporting.step s where s.complaint = c.complaint) as updated_at
    from reporting.complaint c
    where c.confidentiality = 'normal' and c.phase in ('working', 'resolved', 'closed')
        and (c.shown_before is not null or c.shown_after is not null)
        and c.category is not null
        and c.category <> all (array[
            'violence_at_home', 'official_conduct', 'neighbour_in_need', 'street_people', 'disease', 'crime',
            'unfit_house', 'community_dispute', 'social_aid', 'alcohol_vice', 'school_conduct', 'civil_servants',
            'wages', 'health_service'
        ]);
grant select on reporting.published to tuntas_public, tuntas_reporting;
