import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { label } from '@/texts'
import { Page } from '@/ui/Page'
import { LinesSkeleton } from '@/ui/Skeletons'
import { FlowView } from '../canvas/FlowView'
import { between, findStep, type Slot } from '../definition/blocks'
import type { Step } from '../definition/sop'
import { usePaper } from '../picture/usePaper'
import { PublishDialog } from '../sops/PublishDialog'
import { useWords, type SopDetail } from '../sops/sops'
import { EditorsHere } from '../together/EditorsHere'
import type { StepCatalogue } from '../steps/descriptions'
import { kept } from './clipboard'
import './design.css'
import { GroupEditor } from './GroupEditor'
import { KeysHelp } from './KeysHelp'
import { Palette } from './Palette'
import { ProblemBar } from './ProblemBar'
import { byStep, type ByStep } from './problems'
import { SampleContext, useSampleOf } from './sample'
import { SavingNote } from './SavingNote'
import { StepEditor } from './StepEditor'
import { Toolbar } from './Toolbar'
import { TriggerEditor } from './TriggerEditor'
import { useActs, type Chosen } from './useActs'
import { useDesign } from './useDesign'
import { useDesignKeys } from './useDesignKeys'
import { DesignWords, useSteadyWords } from './words'

const none: never[] = []

/** Draws an SOP: steps are put in between others, moved by dragging or keys, changed in the panel; everything can be undone. */
export function Designer({ loaded, steps }: { loaded: SopDetail; steps: StepCatalogue }) {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const design = useDesign(loaded)
  const { sop, problems } = design
  const words = useWords(sop)
  const steady = useSteadyWords(words)
  // the drawing may come a moment after the letter that was typed
  const drawn = useDeferredValue(words)
  const [chosen, choose] = useState<Chosen>({ from: search.get('step'), to: null })
  const select = useCallback((id: string | null, more = false) => choose(({ from }) => (more && id && from && ![id, from].includes('start') ? { from, to: id } : { from: id, to: null })), [])
  const selected = chosen.from
  const [slot, setSlot] = useState<Slot | null>(null)
  const [dialog, setDialog] = useState<'publish' | 'keys' | null>(null)
  const acts = useActs(design, chosen, words, { select, setSlot })
  const group = selected && chosen.to ? between(sop, selected, chosen.to) : none
  const together = useTogether(group)
  const step = selected ? findStep(sop, selected) : undefined
  const open = step || selected === 'start' ? selected : null
  const own = useByStep(problems)
  const sample = useSampleOf(words?.type)

  const help = useCallback(() => setDialog('keys'), [])
  const close = useCallback(() => void navigate(`/sops/${loaded.key}`), [navigate, loaded.key])
  const publish = useCallback(() => setDialog('publish'), [])
  const show = useCallback((id: string | null) => select(id ?? 'start'), [select])
  const leave = useCallback(() => select(null), [select])
  const { picture, print, sheet } = usePaper(words)
  useDesignKeys({ acts, design, selected: open, select, help })

  const editor = !words ? null : group.length > 1 ? (
    <GroupEditor steps={group} words={words} acts={acts} close={leave} />
  ) : step ? (
    <StepEditor key={step.id} step={step} words={words} problems={own[step.id] ?? none} acts={acts} close={leave} />
  ) : (
    <TriggerEditor words={words} problems={own[''] ?? none} onChange={acts.changeSop} close={leave} />
  )
  return (
    <Page
      full
      title={label(sop.name) || sop.key}
      note={<><SavingNote saving={design.saving} settle={design.settle} saveOver={design.saveOver} /><EditorsHere sopKey={loaded.key} joined={design.joined} /></>}
      actions={
        <Toolbar
          undo={design.undo} redo={design.redo} canUndo={design.canUndo} canRedo={design.canRedo} now={design.now} apply={design.apply}
          saved={design.saving === 'saved'} help={help} picture={picture} print={print} close={close} publish={publish}
        />
      }
    >
      {drawn && steady ? (
        <DesignWords value={steady}>
          <SampleContext value={sample}>
            <FlowView words={drawn} selected={open} group={together} select={select} problems={own} insert={acts.insert} move={acts.move} moveWay={acts.moveWay} panel={open && editor} />
          </SampleContext>
        </DesignWords>
      ) : <LinesSkeleton lines={6} />}
      <ProblemBar problems={problems} open={show} />
      {slot && words && <Palette words={words} steps={steps.steps} choose={kind => acts.make(slot, kind)} close={() => setSlot(null)} paste={kept().length > 0 ? () => acts.paste(slot) : undefined} />}
      {sheet}
      {dialog === 'keys' && <KeysHelp close={() => setDialog(null)} />}
      {dialog === 'publish' && <PublishDialog sop={{ ...loaded, name: sop.name }} close={() => setDialog(null)} />}
    </Page>
  )
}

function useByStep(problems: Parameters<typeof byStep>[0]): ByStep {
  const before = useRef<ByStep>({})
  return useMemo(() => (before.current = byStep(problems, before.current)), [problems])
}

/** The ids of what is chosen together, the same set while they are the same. */
function useTogether(steps: Step[]): ReadonlySet<string> | undefined {
  const ids = steps.map(step => step.id).join(' ')
  return useMemo(() => (ids ? new Set(ids.split(' ')) : undefined), [ids])
}
