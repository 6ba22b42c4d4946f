import { computed, watch } from 'vue'
import { ALERT_RULES, SEVERITIES } from '../../../../shared/desk/alerts/alerts-rules.ts'
import type {
  Channel,
  Subscription,
  SubscriptionInput,
  SubscriptionOwner,
} from '../../../../shared/desk/notifications/notifications.ts'
import {
  DEFAULT_TIMINGS,
  GROUP_KINDS,
  NOTICE_EVENTS,
} from '../../../../shared/desk/notifications/notifications-rules.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import { districtsOf } from '../../../../shared/people/rights/rights-rules.ts'
import type { Drafts } from '../../../base/drafts/useDrafts.ts'
import { useSession } from '../../../people/sessions/store.ts'
import { installation } from '../../../people/settings/installation.ts'

type OwnerKind = SubscriptionOwner['kind']

/** A subscription as its form has it, for a new one with what most people want. */
export function useSubscriptionForm(
  subscription: Subscription | null,
  channels: () => readonly Channel[],
  drafts: Drafts,
) {
  const session = useSession()
  const own: Scope = session.user?.scope ?? { kind: 'city' }
  const isManager = session.can('channel.manage')
  const owners: OwnerKind[] = [
    'person',
    ...(own.kind === 'district' && session.can('subscription.district') ? (['district'] as const) : []),
    ...(isManager ? (['city', 'district'] as const) : []),
  ]
  const { scope = own, timings = DEFAULT_TIMINGS } = subscription ?? {}
  /** A robot speaks to a group, the inbox to a person. The own channel stays, though it is switched off now. */
  const usableFor = (owner: OwnerKind) =>
    channels().filter(
      ({ id, kind, disabledAt }) =>
        (disabledAt === null || id === subscription?.channelId) &&
        (owner === 'person' ? !GROUP_KINDS.includes(kind) : kind !== 'inbox'),
    )
  const form = drafts.field('form', {
    owner: subscription?.owner.kind ?? ('person' as OwnerKind),
    channelId: subscription?.channelId ?? usableFor('person')[0]?.id ?? 0,
    address: subscription?.address ?? '',
    /** A district, or '' for all that one may see (or that it was for). */
    place: scope.kind === 'district' && !scope.more ? scope.district : '',
    severities: [...(subscription?.severities ?? SEVERITIES)],
    rules: [...(subscription?.rules ?? ALERT_RULES)],
    events: [...(subscription?.events ?? NOTICE_EVENTS)],
    hasQuiet: Boolean(subscription?.quiet),
    quietFrom: subscription?.quiet?.from ?? '22:00',
    quietTo: subscription?.quiet?.to ?? '07:00',
    breakThrough: subscription?.breakThrough ?? true,
    language: subscription?.language ?? installation.value.language,
    waitS: timings.groupWaitS,
    intervalMin: Math.max(1, Math.round(timings.groupIntervalS / 60)),
    repeatH: Math.max(1, Math.round(timings.repeatIntervalS / 3600)),
  })
  const usable = computed(() => usableFor(form.value.owner))
  watch(
    usable,
    ([first]) => {
      if (!usable.value.some(({ id }) => id === form.value.channelId)) form.value.channelId = first?.id ?? 0
    },
    { immediate: true },
  )

  function owner(): SubscriptionOwner {
    if (form.value.owner === 'person') return { kind: 'person', userId: session.user?.id ?? 0 }
    return form.value.owner === 'district'
      ? { kind: 'district', district: form.value.place }
      : { kind: 'city' }
  }
  function place(): Scope {
    if (form.value.place) return { kind: 'district', district: form.value.place }
    return scope.kind === own.kind ? scope : own
  }
  /** What '' stands for; null where there is but one district to choose. */
  const whole = own.kind === 'district' ? (own.more ? 'districts' : null) : own.kind
  function body(): SubscriptionInput {
    return {
      owner: subscription?.owner ?? owner(),
      channelId: form.value.channelId,
      address: form.value.address,
      scope: place(),
      severities: form.value.severities,
      rules: form.value.rules,
      events: form.value.events,
      quiet: form.value.hasQuiet ? { from: form.value.quietFrom, to: form.value.quietTo } : null,
      breakThrough: form.value.breakThrough,
      language: form.value.language,
      timings: {
        groupWaitS: form.value.waitS,
        groupIntervalS: form.value.intervalMin * 60,
        repeatIntervalS: form.value.repeatH * 3600,
      },
    }
  }
  /** The districts that one may choose; null: any. */
  const ownDistricts = own.kind === 'district' ? districtsOf(own) : null
  return { form, owners, usable, whole, ownDistricts, body }
}
