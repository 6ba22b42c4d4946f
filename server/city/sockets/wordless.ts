import type { Fact } from '../../../shared/base/facts.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type {
  Rectification,
  RectificationRequest,
} from '../../../shared/desk/rectifications/rectifications.ts'

/*
 * What a wall in a hall is told: that something was done, by whom and until when, and nothing of what people wrote
 * about it. Whatever text of people's comes to be part of an alert, a rectification or a fact has to be left out here.
 */

/** A fact without comments, notes and reasons, its alert or rectification included. */
export function wordlessFact(fact: Fact): Fact {
  if (fact.kind === 'register.changed') return fact
  if (fact.kind === 'site.changed') return { ...fact, data: { ...fact.data, said: undefined } }
  if ('pause' in fact.data) {
    const { pause, places } = fact.data
    return { ...fact, data: { pause: { ...pause, reason: '', answer: '' }, text: null, places } } as Fact
  }
  const mentions = 'mentions' in fact.data ? { mentions: [] } : {}
  if ('alert' in fact.data) {
    const data = { ...fact.data, ...mentions, alert: wordlessAlert(fact.data.alert), text: null }
    return { ...fact, data } as Fact
  }
  if (!('rectification' in fact.data)) return { ...fact, data: { ...fact.data, text: null } } as Fact
  const { rectification, request } = fact.data
  const asked = request ? { request: wordlessRequest(request) } : {}
  const told = { ...mentions, ...asked, rectification: wordlessRectification(rectification), text: null }
  return { ...fact, data: { ...fact.data, ...told } } as Fact
}

/** An alert without notes and reasons. */
export function wordlessAlert(alert: Alert): Alert {
  const { informed, falseAlarm } = alert
  return {
    ...alert,
    note: null,
    silenceReason: null,
    ...(informed && { informed: { ...informed, note: null } }),
    ...(falseAlarm && { falseAlarm: { ...falseAlarm, reason: '' } }),
    ...(alert.mentioned && { mentioned: [] }),
  }
}

/** A rectification without what people wrote of it; the number of the circular that it comes from is such a text too. */
export function wordlessRectification(rectification: Rectification): Rectification {
  const { pause, request } = rectification
  return {
    ...rectification,
    problem: null,
    reference: null,
    submittedNote: null,
    pause: pause && { ...pause, reason: '' },
    request: request && wordlessRequest(request),
  }
}

const wordlessRequest = (request: RectificationRequest): RectificationRequest => ({ ...request, reason: '' })
