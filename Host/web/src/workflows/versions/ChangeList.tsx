import { EditFilled, MinusCircleFilled, PlusCircleFilled, SwapOutlined } from '@ant-design/icons'
import { t } from '@/texts'
import type { Mark } from '../canvas/context'
import '../canvas/flow.css'
import type { Words } from '../words/context'
import { headSaid, inputSaid, markOf, sentences, type Said } from './changes'
import type { Comparison } from './versions'

const icons: Record<Mark, React.ReactNode> = { added: <PlusCircleFilled />, removed: <MinusCircleFilled />, changed: <EditFilled />, moved: <SwapOutlined /> }

type Props = { comparison: Comparison; before: Words; after: Words; selected: string | null; select: (step: string) => void }

/** All differences in plain sentences; each leads to its step in the drawings. */
export function ChangeList({ comparison, before, after, selected, select }: Props) {
  const head = comparison.head.map(change => headSaid(change, before, after))
  return (
    <ol className="plain change-list" aria-label={t('versions.list')}>
      {head.length > 0 && (
        <li className="change">
          <button type="button" className={selected === 'start' ? 'change-line chosen' : 'change-line'} aria-pressed={selected === 'start'} onClick={() => select('start')}>
            <span className="change-icon mark-changed" aria-hidden>{icons.changed}</span>
            <span>{head.map(said => said.title).join(t('workflows.comma'))}</span>
          </button>
          {head.map((said, i) => <Values key={i} said={said} />)}
        </li>
      )}
      {comparison.steps.map(change => (
        <li key={change.step} className="change">
          <button type="button" className={selected === change.step ? 'change-line chosen' : 'change-line'} aria-pressed={selected === change.step} onClick={() => select(change.step)}>
            <span className={`change-icon mark-${markOf(change)}`} aria-hidden>{icons[markOf(change)]}</span>
            <span>{sentences(change, before, after).map((text, i) => <span key={i} className="change-sentence">{text}</span>)}</span>
          </button>
          {change.inputs.map(input => <Values key={input.path} said={inputSaid(change.step, input, before, after)} />)}
        </li>
      ))}
    </ol>
  )
}

const Values = ({ said }: { said: Said }) => (
  <dl className="change-values">
    <dt>{said.title}</dt>
    <dd className="change-before"><span className="visually-hidden">{t('versions.before')}</span>{said.before}</dd>
    <dd className="change-after"><span className="visually-hidden">{t('versions.after')}</span>{said.after}</dd>
  </dl>
)
