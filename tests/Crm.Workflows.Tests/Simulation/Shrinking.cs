namespace Crm.Workflows.Tests.Simulation;

/// <summary>Makes a failing list of choices shorter and smaller for as long as it still fails, within a number of tries.</summary>
internal sealed class Shrinking(Func<int[], Task<Exception?>> failure, int tries = 400)
{
    private int left = tries;

    public async Task<int[]> ShrinkAsync(int[] numbers)
    {
        for (var piece = numbers.Length / 2; piece > 0; piece = Math.Min(piece / 2, numbers.Length / 2))
            for (var at = 0; at + piece <= numbers.Length;)
            {
                int[] shorter = [.. numbers[..at], .. numbers[(at + piece)..]];
                if (await FailsAsync(shorter)) numbers = shorter;
                else at += piece;
            }
        for (var at = 0; at < numbers.Length; at++)
        {
            if (numbers[at] == 0) continue;
            var smaller = (int[])numbers.Clone();
            smaller[at] = 0;
            if (await FailsAsync(smaller)) numbers = smaller;
        }
        return numbers;
    }

    private async Task<bool> FailsAsync(int[] numbers) => left-- > 0 && await failure(numbers) is not null;
}
