import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, CopyOutlined, DeleteOutlined, ScissorOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { t } from '@/texts'
import { Sentence } from '../canvas/Sentence'
import type { Step } from '../definition/sop'
import type { Words } from '../words/context'
import { stepSentence } from '../words/sentence'
import type { Acts } from './useActs'

type Props = { steps: Step[]; words: Words; acts: Acts; close: () => void }

/** Several neighbours chosen together: what can be done with all of them. */
export function GroupEditor({ steps, words, acts, close }: Props) {
  return (
    <aside className="step-panel" aria-label={t('workflows.details')}>
      <h2>
        <span className="grow" role="status">{t('designer.chosenN', { n: steps.length })}</span>
        <Button type="text" icon={<ArrowUpOutlined />} title={t('designer.moveUp')} aria-label={t('designer.moveUp')} onClick={() => acts.up(steps)} />
        <Button type="text" icon={<ArrowDownOutlined />} title={t('designer.moveDown')} aria-label={t('designer.moveDown')} onClick={() => acts.down(steps)} />
        <Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} />
      </h2>
      <ol className="design-chosen">{steps.map(step => <li key={step.id}><Sentence parts={stepSentence(step, words)} /></li>)}</ol>
      <div className="design-acts">
        <Button icon={<CopyOutlined />} onClick={() => acts.copy(steps)}>{t('designer.copy')}</Button>
        <Button icon={<ScissorOutlined />} onClick={() => acts.cut(steps)}>{t('designer.cut')}</Button>
        <Button onClick={() => acts.duplicate(steps)}>{t('designer.duplicate')}</Button>
        <Button danger icon={<DeleteOutlined />} onClick={() => acts.take(steps)}>{t('app.delete')}</Button>
        <Button onClick={() => acts.extend(1)}>{t('designer.extend')}</Button>
      </div>
      <p className="muted small">{t('designer.chosenHelp')}</p>
    </aside>
  )
}
