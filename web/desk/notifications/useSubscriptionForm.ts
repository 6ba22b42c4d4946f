import { computed, reactive, watch } from 'vue'
import { ALERT_RULES, SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import type {
  Channel,
  Subscription,
  SubscriptionInput,
  SubscriptionOwner,
} from '../../../shared/desk/notifications/notifications.ts'
import {
  DEFAULT_TIMINGS,
  GROUP_KINDS,
  NOTICE_EVENTS,
} from '../../../shared/desk/notifications/notifications-rules.ts'
import type { Scope } from '../../../shared/people/rights/users.ts'
import { useSession } from '../../people/sessions/store.ts'

type OwnerKind = SubscriptionOwner['kind']

/** A subscription as its form has it, for a new one with what most people want. */
export function useSubscriptionForm(subscription: Subscription | null, channels: () => readonly Channel[]) {
  const session = useSession()
  const own: Scope = session.user?.scope ?? { kind: 'city' }
  const isManager = session.can('channel.manage')
  const owners: OwnerKind[] = [
    'person',
    ...(own.kind === 'district' && session.can('subscription.district') ? (['district'] as const) : []),
    ...(isManager ? (['city', 'district'] as const) : []),
  ]
  const { scope = own, timings = DEFAULT_TIMINGS } = subscription ?? {}
  const form = reactive({
    owner: subscription?.owner.kind ?? ('person' as OwnerKind),
    channelId: subscription?.channelId ?? 0,
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
    language: subscription?.language ?? ('zh' as const),
    waitS: timings.groupWaitS,
    intervalMin: Math.max(1, Math.round(timings.groupIntervalS / 60)),
    repeatH: Math.max(1, Math.round(timings.repeatIntervalS / 3600)),
  })
  /** A robot speaks to a group, the inbox to a person. The own channel stays, though it is switched off now. */
  const usable = computed(() =>
    channels().filter(
      ({ id, kind, disabledAt }) =>
        (disabledAt === null || id === subscription?.channelId) &&
        (form.owner === 'person' ? !GROUP_KINDS.includes(kind) : kind !== 'inbox'),
    ),
  )
  watch(
    usable,
    ([first]) => {
      if (!usable.value.some(({ id }) => id === form.channelId)) form.channelId = first?.id ?? 0
    },
    { immediate: true },
  )

  function owner(): SubscriptionOwner {
    if (form.owner === 'person') return { kind: 'person', userId: session.user?.id ?? 0 }
    return form.owner === 'district' ? { kind: 'district', district: form.place } : { kind: 'city' }
  }
  function place(): Scope {
    if (form.place) return { kind: 'district', district: form.place }
    return scope.kind === own.kind ? scope : own
  }
  /** What '' stands for; null where there is but one district to choose. */
  const whole = own.kind === 'district' ? (own.more ? 'districts' : null) : own.kind
  function body(): SubscriptionInput {
    return {
      owner: subscription?.owner ?? owner(),
      channelId: form.channelId,
      address: form.address,
      scope: place(),
      severities: form.severities,
      rules: form.rules,
      events: form.events,
      quiet: form.hasQuiet ? { from: form.quietFrom, to: form.quietTo } : null,
      breakThrough: form.breakThrough,
      language: form.language,
      timings: {
        groupWaitS: form.waitS,
        groupIntervalS: form.intervalMin * 60,
        repeatIntervalS: form.repeatH * 3600,
      },
    }
  }
  return { form, owners, usable, whole, body }
}
