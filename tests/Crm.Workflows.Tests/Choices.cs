namespace Crm.Workflows.Tests;

/// <summary>Turns a list of numbers that FsCheck makes and shrinks into decisions: shorter lists and smaller numbers make simpler cases.</summary>
internal sealed class Choices(int[] numbers)
{
    private int at;

    public bool Left => at < numbers.Length;

    /// <summary>From 0 up to but excluding <paramref name="below"/>; 0 once the numbers are used up.</summary>
    public int Below(int below) => Left ? (int)((uint)numbers[at++] % (uint)below) : 0;

    public bool Coin() => Below(2) == 1;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
