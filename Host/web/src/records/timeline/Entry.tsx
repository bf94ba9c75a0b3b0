import {
  CarOutlined, DeleteOutlined, EditOutlined, FileTextOutlined, MailOutlined, MessageOutlined, PhoneOutlined, PlusOutlined, SwapOutlined,
  TeamOutlined, UndoOutlined, UserSwitchOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Change, RecordType, TimelineEntry } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { FieldValue, OptionChip } from '@/records/fields/FieldValue'
import { label, t, tMaybe } from '@/texts'
import { ago, dateTime } from '@/ui/format'

const icons: Record<string, ReactNode> = {
  created: <PlusOutlined />, updated: <EditOutlined />, deleted: <DeleteOutlined />, restored: <UndoOutlined />, moved: <SwapOutlined />,
  claimed: <UserSwitchOutlined />, assigned: <UserSwitchOutlined />, released: <UserSwitchOutlined />,
  call: <PhoneOutlined />, visit: <CarOutlined />, meeting: <TeamOutlined />, message: <MessageOutlined />, mail: <MailOutlined />, note: <FileTextOutlined />,
}

/** One thing that happened, as a sentence. `home` is the record whose timeline this is. */
export function Entry({ entry, home }: { entry: TimelineEntry; home: string }) {
  const type = useCatalogue().byKey(entry.recordType)
  const value = (field: string) => entry.changes.find(change => change.field === field)?.new
  const logged = entry.recordType === 'activity' && entry.kind === 'created'
  const kind = logged ? String(value('kind') ?? 'note') : entry.kind
  return (
    <li className={`entry entry-${logged ? 'activity' : entry.kind}`}>
      <span className="entry-icon" aria-hidden>{icons[kind] ?? <EditOutlined />}</span>
      <div className="grow">
        <div className="entry-head">
          <span>
            <strong>{entry.actor?.name || t('records.system')}</strong>{' '}
            {logged ? t('records.logged', { kind: optionText(type, 'kind', kind) }) : <What entry={entry} type={type} home={home} />}
            {entry.source !== 'user' && <span className="muted small"> · {tMaybe(`records.source_${entry.source}`, entry.source)}</span>}
          </span>
          <time dateTime={entry.at} title={dateTime(entry.at)} className="muted small">{ago(entry.at)}</time>
        </div>
        {logged ? <Logged entry={entry} type={type} value={value} /> : <Changes entry={entry} type={type} />}
        {entry.note && <div className="entry-note">{entry.note}</div>}
      </div>
    </li>
  )
}

const optionText = (type: RecordType | undefined, field: string, key: string) =>
  label(type?.fields.find(f => f.key === field)?.options?.find(o => o.key === key)?.label) || key

function What({ entry, type, home }: { entry: TimelineEntry; type: RecordType | undefined; home: string }) {
  const verb = tMaybe(`records.did_${entry.kind}`, entry.kind)
  if (entry.recordId === home) return <>{verb}{entry.kind !== 'updated' && ` ${t('records.thisType', { type: label(type?.label) })}`}</>
  return <>{verb} {label(type?.label)} {type ? <Link to={`/${type.plural}/${entry.recordId}`}>{entry.recordName}</Link> : entry.recordName}</>
}

function Logged({ entry, type, value }: { entry: TimelineEntry; type: RecordType | undefined; value: (field: string) => unknown }) {
  const result = value('result')
  const subject = String(value('subject') ?? entry.recordName ?? '')
  const text = String(value('content') ?? value('notes') ?? value('body') ?? '')
  // what people log is called by its own beginning
  const continued = text !== subject && text.startsWith(subject)
  return (
    <div className="entry-said">
      {subject && !continued && <div className="entry-subject">{subject}</div>}
      {text && text !== subject && <div className="long-text">{text}</div>}
      {result != null && <OptionOf type={type} field="result" value={String(result)} />}
    </div>
  )
}

function OptionOf({ type, field, value }: { type: RecordType | undefined; field: string; value: string }) {
  const of = type?.fields.find(f => f.key === field)
  return of ? <div><OptionChip field={of} value={value} /></div> : null
}

function Changes({ entry, type }: { entry: TimelineEntry; type: RecordType | undefined }) {
  if (entry.kind === 'created' || entry.kind === 'deleted' || !type) return null
  return <ul className="plain">{entry.changes.map(change => <ChangeLine key={change.field} change={change} type={type} />)}</ul>
}

function ChangeLine({ change, type }: { change: Change; type: RecordType }) {
  const field = type.fields.find(f => f.key === change.field)
  if (!field) return null
  const gone = change.new === null || change.new === ''
  const fresh = change.old === null || change.old === ''
  return (
    <li className="entry-change">
      <span className="muted">{label(field.label)}</span>
      {!fresh && <span className="entry-old"><FieldValue field={field} value={change.old} /></span>}
      <span aria-label={t('records.becomes')}>→</span>
      {gone ? <span className="muted">{t('records.emptied')}</span> : <FieldValue field={field} value={change.new} />}
    </li>
  )
}
