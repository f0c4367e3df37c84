-- Work that was shown in public (`proof_posted`, `proof_linked`) is published, too, until it is taken back or the
-- reporter says that it is not done.
create index step_proof on reporting.step (complaint, n) where type in (
    'complaint.proof_posted', 'complaint.proof_linked', 'complaint.proof_withdrawn', 'complaint.reopened'
);

create or replace view reporting.published as
    select c.complaint as id, c.city, c.category, c.ward, c.phase, c.phase = 'closed' as ended, c.ended as ended_how,
        c.lead, c.received_at, c.expected_end,
        (select max(s.at) from reporting.step s where s.complaint = c.complaint) as updated_at
    from reporting.complaint c
    where c.confidentiality = 'normal' and c.phase in ('working', 'resolved', 'closed')
        and c.category is not null
        and c.category <> all (array[
            'violence_at_home', 'official_conduct', 'neighbour_in_need', 'street_people', 'disease', 'crime',
            'unfit_house', 'community_dispute', 'social_aid', 'alcohol_vice', 'school_conduct', 'civil_servants',
            'wages', 'health_service'
        ])
        and (
            c.shown_before is not null or c.shown_after is not null
            or (
                select s.type from reporting.step s
                where s.complaint = c.complaint
                    and s.type in (
                        'complaint.proof_posted', 'complaint.proof_linked', 'complaint.proof_withdrawn',
                        'complaint.reopened'
                    )
                order by s.n desc limit 1
            ) in ('complaint.proof_posted', 'complaint.proof_linked')
        );
