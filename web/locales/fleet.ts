import { words } from './words.ts'

export const fleet = words(
  {
    fleet: {
      title: '演示故障',
      hint: '这里只影响演示站群：让一个网站出故障，看监测系统多快发现；排除故障，看它怎样恢复。',
      notDemo: '当前不是演示数据，没有可操作的站群。',
      line: '监测线路',
      lineHint: '切断监测系统与全部网站之间的线路：应只报一条线路告警，不应归咎于任何网站。',
      lineUp: '线路正常',
      lineDown: '线路已切断',
      cut: '切断线路',
      mend: '恢复线路',
      find: '查找网站',
      broken: '有故障的网站',
      noneBroken: '没有人为的故障',
      break: '制造故障',
      heal: '排除故障',
      kind: { down: '打不开', hang: '无响应', tls: '证书错误', firewall: '防火墙拦截', stale: '停止更新' },
      outage: {
        http_503: '打不开（503）',
        silent: '无响应',
        tls_expired: '证书过期',
        firewall: '防火墙拦截',
        stale: '停止更新',
      },
      done: {
        broken: '已出故障，等待监测系统发现',
        healed: '已排除，等待监测系统确认',
        cut: '线路已切断',
        mended: '线路已恢复',
      },
    },
  },
  {
    fleet: {
      title: 'Demo faults',
      hint: 'This touches the demo fleet alone: break a site and see how soon the monitor notices; heal it and see it recover.',
      notDemo: 'These are not demo data: there is no fleet to act on.',
      line: 'Monitor line',
      lineHint:
        'Cuts the line between the monitor and all sites: one alert about the line should come, and no site be blamed.',
      lineUp: 'Line up',
      lineDown: 'Line cut',
      cut: 'Cut the line',
      mend: 'Mend the line',
      find: 'Find a site',
      broken: 'Broken by hand',
      noneBroken: 'Nothing is broken',
      break: 'Break',
      heal: 'Heal',
      kind: { down: 'Down', hang: 'Hangs', tls: 'Bad certificate', firewall: 'Firewall', stale: 'Stale' },
      outage: {
        http_503: 'Down (503)',
        silent: 'Hangs',
        tls_expired: 'Certificate expired',
        firewall: 'Firewall',
        stale: 'Stale',
      },
      done: {
        broken: 'Broken; the monitor will notice',
        healed: 'Healed; the monitor will confirm it',
        cut: 'The line is cut',
        mended: 'The line is mended',
      },
    },
  },
)
