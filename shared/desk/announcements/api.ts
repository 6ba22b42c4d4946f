import { z } from 'zod'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { announcement, announcementState, newAnnouncement } from './announcements.ts'
import './rights.ts'

/** What is said to everybody, or to a district. */
export const announcementEndpoints = {
  announcements: {
    method: 'GET',
    path: '/api/announcements',
    summary: 'Announcements that are for whoever asks, newest first',
    needs: 'signedIn',
    query: z.object({ state: announcementState.optional(), ...paging }),
    output: page(announcement),
  },
  postAnnouncement: {
    method: 'POST',
    path: '/api/announcements',
    summary: 'Say something to everybody or to a district until a time',
    needs: 'announcement.post',
    body: newAnnouncement,
    output: announcement,
  },
  withdrawAnnouncement: {
    method: 'POST',
    path: '/api/announcements/:id/withdraw',
    summary: 'Take an announcement back before its time; once more changes nothing',
    needs: 'announcement.post',
    params: id,
    output: announcement,
  },
} as const satisfies Record<string, Endpoint>
