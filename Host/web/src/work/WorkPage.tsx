import { CheckCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Drawer, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useShortcuts } from '@/app/keyboard'
import { useMe } from '@/app/me'
import { useVeryWide, useWide } from '@/app/useWide'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ApprovalPanel } from './approval/ApprovalPanel'
import { Numbers } from './Numbers'
import { nextAfter } from './queue'
import { QueueList } from './QueueList'
import { TaskPanel } from './task/TaskPanel'
import { useQueue, type Show } from './useQueue'
import './work.css'

const NewTask = lazy(() => import('./task/NewTask'))

/** The first page of everyone: what to do now, in the order to do it, opened beside the list. */
export function WorkPage() {
  const me = useMe()
  const wide = useWide()
  const veryWide = useVeryWide()
  const navigate = useNavigate()
  const { taskId, approvalId } = useParams()
  const open = taskId ?? approvalId
  const [show, setShow] = useState<Show>('all')
  const [creating, setCreating] = useState(false)
  const queue = useQueue(show)

  const go = (id?: string) => {
    const item = queue.items.find(i => i.id === id)
    void navigate(item ? `/${item.kind}s/${item.id}` : '/', { replace: open !== undefined })
  }
  const step = (by: number) => {
    const index = queue.items.findIndex(item => item.id === open)
    const next = queue.items[Math.max(0, Math.min(index + by, queue.items.length - 1))]
    if (next) go(next.id)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => !open && go(queue.items[0]?.id),
    Escape: () => open && go(),
    c: () => setCreating(true),
  })

  const finished = (id: string) => go(nextAfter(queue.items, id)?.id)
  const panel = taskId ? <TaskPanel key={taskId} id={taskId} finished={() => finished(taskId)} close={() => go()} />
    : approvalId ? <ApprovalPanel key={approvalId} id={approvalId} finished={() => finished(approvalId)} close={() => go()} /> : null

  return (
    <Page
      title={greeting(me.name)}
      tab={t('app.navWork')}
      actions={<Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('work.newTask')}</Button>}
    >
      <Numbers show={setShow} />
      <div className={veryWide && panel ? 'work work-two' : 'work'}>
        <section className="panel work-list" aria-label={t('work.queue')}>
          <div className="work-head">
            <Segmented<Show>
              value={show}
              onChange={setShow}
              options={(['all', 'tasks', 'approvals', 'done'] as const).map(value => ({ value, label: t(`work.show_${value}`) }))}
            />
          </div>
          {queue.loading ? <div className="panel-pad"><RowsSkeleton rows={5} /></div> : queue.error && queue.items.length === 0 ? (
            <Failure error={queue.error} again={queue.again} />
          ) : queue.items.length === 0 ? (
            <Blank icon={<CheckCircleOutlined />} title={show === 'done' ? t('work.nothingDone') : t('work.allDone')} text={show === 'done' ? undefined : t('work.allDoneText')} />
          ) : (
            <>
              <QueueList items={queue.items} open={open} go={go} done={show === 'done'} />
              <LoadMore of={queue.more} />
            </>
          )}
        </section>
        {veryWide ? panel && <section className="panel work-panel" aria-label={t('work.opened')}>{panel}</section> : (
          <Drawer
            open={panel !== null}
            onClose={() => go()}
            placement={wide ? 'right' : 'bottom'}
            size={wide ? 560 : '100%'}
            closable={false}
            aria-label={t('work.opened')}
            styles={{ body: { padding: 0 } }}
          >
            {panel}
          </Drawer>
        )}
      </div>
      <Suspense>{creating && <NewTask close={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}

function greeting(name: string) {
  const hour = new Date().getHours()
  return t(hour < 6 ? 'work.lateNight' : hour < 12 ? 'work.morning' : hour < 18 ? 'work.afternoon' : 'work.evening', { name })
}
