import { useContext, useMemo } from 'react'
import { useCatalogue } from '@/app/me'
import { conditionType } from './conditionType'
import { EditedStep } from './inputs/editedStep'
import { useDesignWords } from './words'

/** All that the edited step can read: fields, what earlier steps handed on, what the trigger told, the record of its loop. */
export function useKnown() {
  const words = useDesignWords()
  const { byKey } = useCatalogue()
  const at = useContext(EditedStep)?.id
  return useMemo(() => {
    const { type, find } = conditionType(words, at)
    return { type, find: (key: string | null | undefined) => find(key) ?? byKey(key) }
    // byKey is made anew on every call
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [words, at])
}
