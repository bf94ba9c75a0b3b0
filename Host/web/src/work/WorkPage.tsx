import { CheckCircleOutlined, CheckSquareOutlined, CoffeeOutlined, EllipsisOutlined, PlusOutlined, UserSwitchOutlined } from '@ant-design/icons'
import { Button, Drawer, Dropdown, Segmented } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
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
import { Away } from './Away'
import { ManyBar } from './many/ManyBar'
import { Numbers } from './Numbers'
import { narrowed, nextAfter, type Narrow, type Sort } from './queue'
import { QueueFilter } from './QueueFilter'
import { QueueList } from './QueueList'
import { TaskPanel } from './task/TaskPanel'
import { follows } from './useArmed'
import { useNow } from './useNow'
import { useQueue, type Show } from './useQueue'
import './work.css'

const NewTask = lazy(() => import('./task/NewTask'))
const ManyDialog = lazy(() => import('./many/ManyDialog'))
const AbsenceDialog = lazy(() => import('@/platform/absences/AbsenceDialog').then(module => ({ default: module.AbsenceDialog })))
const everything: Narrow = { text: '', due: 'any', sop: null }

/** The first page of everyone: what to do now, in the order to do it, opened beside the list. */
export function WorkPage() {
  const me = useMe()
  const wide = useWide()
  const veryWide = useVeryWide()
  const navigate = useNavigate()
  const { taskId, approvalId } = useParams()
  const open = taskId ?? approvalId
  const [show, setShow] = useState<Show>('all')
  const [sort, setSort] = useState<Sort>('due')
  const [narrow, setNarrow] = useState(everything)
  const [marked, setMarked] = useState<Set<string> | null>(null)
  const [dialog, setDialog] = useState<'task' | 'handOver' | 'absence' | null>(null)
  const now = useNow()
  const queue = useQueue(show, sort)
  const items = narrowed(queue.items, narrow, now)
  const done = show === 'done'
  const mark = (id: string) => setMarked(before => {
    const next = new Set(before)
    if (!next.delete(id)) next.add(id)
    return next
  })

  const go = (id?: string, state?: typeof follows) => {
    const item = queue.items.find(i => i.id === id)
    void navigate(item ? `/${item.kind}s/${item.id}` : '/', { replace: open !== undefined, state })
  }
  const step = (by: number) => {
    const index = items.findIndex(item => item.id === open)
    const next = items[Math.max(0, Math.min(index + by, items.length - 1))]
    if (next) go(next.id)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => !open && go(items[0]?.id),
    Escape: () => (open ? go() : setMarked(null)),
    c: () => setDialog('task'),
    x: () => open && !done && mark(open),
  })

  const opened = useRef<HTMLElement>(null)
  useEffect(() => {
    // the buttons that finish it are at its end
    if (open) opened.current?.scrollIntoView({ block: 'nearest' })
  }, [open])

  const finished = (id: string) => go(nextAfter(items, id)?.id, follows)
  const panel = taskId ? <TaskPanel key={taskId} id={taskId} finished={() => finished(taskId)} close={() => go()} />
    : approvalId ? <ApprovalPanel key={approvalId} id={approvalId} finished={() => finished(approvalId)} close={() => go()} /> : null

  return (
    <Page
      title={greeting(me.name)}
      tab={t('app.navWork')}
      actions={
        <>
          <Button icon={<PlusOutlined />} onClick={() => setDialog('task')}>{t('work.newTask')}</Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'absence', icon: <CoffeeOutlined />, label: t('work.outOfOffice'), onClick: () => setDialog('absence') },
                { key: 'handOver', icon: <UserSwitchOutlined />, label: t('work.handOverAll'), onClick: () => setDialog('handOver') },
              ],
            }}
          >
            <Button icon={<EllipsisOutlined />} aria-label={t('app.more')} />
          </Dropdown>
        </>
      }
    >
      <Away />
      <Numbers show={setShow} />
      <div className={veryWide && panel ? 'work work-two' : 'work'}>
        <section className="panel work-list" aria-label={t('work.queue')}>
          <div className="work-head">
            <Segmented<Show>
              value={show}
              onChange={next => { setShow(next); setMarked(null) }}
              options={(['all', 'tasks', 'approvals', 'snoozed', 'done'] as const).map(value => ({ value, label: t(`work.show_${value}`) }))}
            />
            {!done && !marked && items.length > 1 && <Button type="text" icon={<CheckSquareOutlined />} onClick={() => setMarked(new Set())} aria-label={t('work.markMany')} title={t('work.markMany')} />}
          </div>
          {queue.items.length > 0 && (marked ? (
            <ManyBar items={items.filter(item => marked.has(item.id))} all={items} markAll={on => setMarked(new Set(on ? items.map(item => item.id) : []))} end={() => setMarked(null)} />
          ) : (
            <QueueFilter items={queue.items} narrow={narrow} setNarrow={setNarrow} sort={sort} setSort={setSort} tight={!wide || (veryWide && panel !== null)} />
          ))}
          {queue.loading ? <div className="panel-pad"><RowsSkeleton rows={5} /></div> : queue.error && queue.items.length === 0 ? (
            <Failure error={queue.error} again={queue.again} />
          ) : queue.items.length === 0 ? (
            <Blank icon={<CheckCircleOutlined />} title={t(done ? 'work.nothingDone' : show === 'snoozed' ? 'work.nothingSnoozed' : 'work.allDone')} text={done || show === 'snoozed' ? undefined : t('work.allDoneText')} />
          ) : items.length === 0 ? (
            <Blank title={t('work.noneFound')}><Button onClick={() => setNarrow(everything)}>{t('work.showAll')}</Button></Blank>
          ) : (
            <>
              <QueueList items={items} open={open} go={go} done={done} sort={sort} marked={marked} mark={mark} />
              <LoadMore of={queue.more} />
            </>
          )}
        </section>
        {veryWide ? panel && <section ref={opened} className="panel work-panel" aria-label={t('work.opened')}>{panel}</section> : (
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
      <Suspense>
        {dialog === 'task' && <NewTask close={() => setDialog(null)} />}
        {dialog === 'handOver' && <ManyDialog act="handOver" items={null} close={() => setDialog(null)} done={() => go()} />}
        {dialog === 'absence' && <AbsenceDialog close={() => setDialog(null)} />}
      </Suspense>
    </Page>
  )
}

function greeting(name: string) {
  const hour = new Date().getHours()
  return t(hour < 6 ? 'work.lateNight' : hour < 12 ? 'work.morning' : hour < 18 ? 'work.afternoon' : 'work.evening', { name })
}
