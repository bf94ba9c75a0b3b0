import { EllipsisOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { useShortcuts } from '@/app/keyboard'
import { useCan, useMe } from '@/app/me'
import { label, t, tMaybe } from '@/texts'
import { Chip } from '@/ui/Chip'
import { Failure } from '@/ui/Failure'
import { Markdown } from '@/ui/Markdown'
import { LinesSkeleton } from '@/ui/Skeletons'
import { PanelHead } from '../PanelHead'
import { RecordPeek } from '../RecordPeek'
import { useSnooze } from '../useSnooze'
import type { Task } from '../types'
import { TaskForm } from './TaskForm'

const Reassign = lazy(() => import('./Reassign'))
const Snooze = lazy(() => import('../Snooze'))

/** A task: its script, what is to be filled, and its outcomes. */
export function TaskPanel({ id, finished, close }: { id: string; finished: () => void; close: () => void }) {
  const can = useCan()
  const me = useMe()
  const [dialog, setDialog] = useState<'reassign' | 'snooze' | null>(null)
  const query = useQuery({ queryKey: [...keys.tasks(), 'one', id], queryFn: () => api.get<Task>(`tasks/${id}`) })
  const snoozing = useSnooze('tasks', id, finished)
  useShortcuts({
    h: () => query.data?.can.reassign && setDialog('reassign'),
    s: () => query.data?.can.complete && setDialog('snooze'),
  })
  if (query.isPending) return <div className="panel-pad"><LinesSkeleton lines={8} /></div>
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />
  const task = query.data
  const open = task.state === 'open'

  const items: MenuProps['items'] = open ? [
    ...(task.can.complete ? [
      ...snoozing.items(task.snoozedUntil !== null && Date.parse(task.snoozedUntil) > Date.now(), () => setDialog('snooze')),
    ] : []),
    ...(task.can.reassign ? [{ key: 'reassign', label: t('work.reassign'), onClick: () => setDialog('reassign') }] : []),
  ] : []
  return (
    <div className="work-open">
      <PanelHead
        title={task.title}
        record={task.record}
        dueAt={task.dueAt}
        dueWhy={task.dueWhy}
        open={open}
        why={task.why}
        close={close}
        facts={
          <>
            {task.sop && (can('run.read') ? <Link to={`/runs/${task.sop.runId}`} className="muted">{label(task.sop.name)}</Link> : <span className="muted">{label(task.sop.name)}</span>)}
            {open && task.assignee.id !== me.id && <span className="muted">{t('workflows.withPerson', { name: task.assignee.name })}</span>}
            {task.via && <Chip color="purple">{t('work.via', { name: task.via.name })}</Chip>}
            {!open && <Chip color={task.state === 'done' ? 'green' : null}>{tMaybe(`work.state_${task.state}`, task.state)}</Chip>}
          </>
        }
        menu={items.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items }}>
            <Button type="text" icon={<EllipsisOutlined />} aria-label={t('app.more')} />
          </Dropdown>
        )}
      />
      <TaskForm task={task} finished={finished}>
        {task.record && <RecordPeek about={task.record} />}
        {task.script && (
          <section className="script">
            <h3>{t('work.script')}</h3>
            <Markdown text={task.script} />
          </section>
        )}
      </TaskForm>
      <Suspense>
        {dialog === 'reassign' && <Reassign task={task} close={() => setDialog(null)} done={finished} />}
        {dialog === 'snooze' && <Snooze choose={until => { setDialog(null); void snoozing.snooze(until) }} close={() => setDialog(null)} />}
      </Suspense>
    </div>
  )
}
