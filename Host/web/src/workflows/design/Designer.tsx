import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Tooltip, Upload } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { warn } from '@/app/feedback'
import { label, t } from '@/texts'
import { Page } from '@/ui/Page'
import { LinesSkeleton } from '@/ui/Skeletons'
import { FlowView } from '../canvas/FlowView'
import type { StepProblem } from '../canvas/context'
import { findStep, slotOf, type Slot } from '../definition/blocks'
import { copied, idsOf, insert, move, newStep, remove, replace } from '../definition/edit'
import { ProblemList } from '../sops/ProblemList'
import { PublishDialog } from '../sops/PublishDialog'
import { isSop } from '../sops/sopFile'
import { useWords, type SopDetail } from '../sops/sops'
import type { StepCatalogue, StepDescription } from '../steps/descriptions'
import { keep, kept } from './clipboard'
import './design.css'
import { Palette } from './Palette'
import { SavingNote } from './SavingNote'
import { StepEditor } from './StepEditor'
import { TriggerEditor } from './TriggerEditor'
import { useDesign } from './useDesign'
import { useDesignKeys } from './useDesignKeys'
import { DesignWords } from './words'

/** Draws an SOP: steps are put in between others, moved by dragging, changed in the panel; everything can be undone. */
export function Designer({ loaded, steps }: { loaded: SopDetail; steps: StepCatalogue }) {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const design = useDesign(loaded)
  const { sop, apply, problems } = design
  const words = useWords(sop)
  const [selected, select] = useState<string | null>(search.get('step'))
  const [slot, setSlot] = useState<Slot | null>(null)
  const [publishing, setPublishing] = useState(false)
  const step = selected ? findStep(sop, selected) : undefined

  const byStep = useMemo(() => {
    const all: Record<string, StepProblem[]> = {}
    for (const problem of problems) (all[problem.step ?? ''] ??= []).push(problem)
    return all
  }, [problems])
  const drag = useCallback((id: string, to: Slot) => apply(move(sop, id, to)), [sop, apply])

  const put = (to: Slot, made: ReturnType<typeof copied>) => {
    apply(insert(sop, to, made))
    setSlot(null)
    select(made[0]?.id ?? null)
  }
  const choose = ({ kind, inputs }: StepDescription) => {
    const defaults = Object.fromEntries(inputs.filter(input => input.default !== undefined && input.default !== null).map(input => [input.key, input.default]))
    if (slot) put(slot, [newStep(kind, idsOf(sop), defaults)])
  }
  const paste = (to: Slot | null) => {
    const clipboard = kept()
    if (to && clipboard.length > 0) put(to, copied(clipboard, idsOf(sop)))
  }
  const take = () => {
    if (!step) return
    apply(remove(sop, step.id))
    select(null)
  }
  const after = (): Slot | null => {
    const place = step && slotOf(sop, step.id)
    return place ? { ...place, index: place.index + 1 } : { owner: null, way: '', index: sop.steps.length }
  }
  useDesignKeys({
    undo: design.undo,
    redo: design.redo,
    remove: step && take,
    copy: step && (() => keep([step])),
    cut: step && (() => { keep([step]); take() }),
    paste: () => paste(after()),
    insert: () => setSlot(after()),
  })

  const read = async (file: File) => {
    const draft: unknown = await file.text().then(text => JSON.parse(text) as unknown).catch(() => null)
    if (isSop(draft)) apply({ ...draft, key: sop.key })
    else warn(t('workflows.notAnSop'))
  }
  const editor = !words ? null : step ? (
    <StepEditor
      key={step.id}
      step={step}
      words={words}
      problems={byStep[step.id] ?? []}
      onChange={(next, what) => apply(replace(sop, step.id, () => next), what)}
      remove={take}
      copy={() => put(after()!, copied([step], idsOf(sop)))}
      close={() => select(null)}
    />
  ) : (
    <TriggerEditor words={words} triggers={steps.triggers} problems={byStep[''] ?? []} onChange={apply} close={() => select(null)} />
  )
  return (
    <Page
      full
      title={label(sop.name) || sop.key}
      note={<SavingNote saving={design.saving} saveOver={design.saveOver} />}
      actions={
        <>
          <Tooltip title={t('workflows.undo')}><Button icon={<UndoOutlined />} aria-label={t('workflows.undo')} disabled={!design.undo} onClick={design.undo} /></Tooltip>
          <Tooltip title={t('workflows.redo')}><Button icon={<RedoOutlined />} aria-label={t('workflows.redo')} disabled={!design.redo} onClick={design.redo} /></Tooltip>
          <Upload accept=".json,application/json" showUploadList={false} beforeUpload={file => { void read(file); return false }}><Button>{t('workflows.importJson')}</Button></Upload>
          <Button onClick={() => void navigate(`/sops/${sop.key}`)}>{t('app.close')}</Button>
          <Button type="primary" disabled={design.saving !== 'saved'} onClick={() => setPublishing(true)}>{t('workflows.publish')}</Button>
        </>
      }
    >
      {words ? (
        <DesignWords value={words}>
          <FlowView words={words} selected={selected} select={select} problems={byStep} insert={setSlot} move={drag} panel={selected && editor} />
        </DesignWords>
      ) : <LinesSkeleton lines={6} />}
      {problems.length > 0 && <div className="problem-bar"><ProblemList problems={problems} open={id => select(id ?? 'start')} /></div>}
      {slot && words && <Palette words={words} steps={steps.steps} choose={choose} close={() => setSlot(null)} paste={kept().length > 0 ? () => paste(slot) : undefined} />}
      {publishing && <PublishDialog sop={{ ...loaded, name: sop.name }} close={() => setPublishing(false)} />}
    </Page>
  )
}
