import { useQueryClient } from '@tanstack/react-query'
import type { MenuProps } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { report, say } from '@/app/feedback'
import { t } from '@/texts'
import { dateTime } from '@/ui/format'

/** Puts one thing out of sight for a while, or back. */
export function useSnooze(kind: 'tasks' | 'approvals', id: string, finished: () => void) {
  const client = useQueryClient()
  const snooze = async (until: Dayjs | null) => {
    try {
      await api.post(`${kind}/${id}/snooze`, { until: until?.toISOString() ?? null })
      say(until ? t('work.snoozed', { until: dateTime(until.toISOString()) }) : t('work.awakened'))
      for (const queryKey of [keys[kind](), keys.numbers]) await client.invalidateQueries({ queryKey })
      if (until) finished()
    } catch (error) {
      report(error)
    }
  }
  const items = (asleep: boolean, choose: () => void): NonNullable<MenuProps['items']> => {
    const now = dayjs()
    return [
      ...(asleep ? [{ key: 'awake', label: t('work.awaken'), onClick: () => void snooze(null) }] : []),
      { key: 'hour', label: t('work.snoozeHour'), onClick: () => void snooze(now.add(1, 'hour')) },
      { key: 'morning', label: t('work.snoozeTomorrow'), onClick: () => void snooze(now.add(1, 'day').hour(9).startOf('hour')) },
      { key: 'until', label: t('work.snoozeUntil'), onClick: choose },
    ]
  }
  return { snooze, items }
}
