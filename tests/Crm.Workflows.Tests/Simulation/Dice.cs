namespace Crm.Workflows.Tests.Simulation;

/// <summary>Chance that falls the same in every history, so that a seed repeats it to the millisecond.</summary>
internal sealed class Dice : Random
{
    private Random numbers = new(1);

    public void Again() => numbers = new(1);

    public override double NextDouble() => numbers.NextDouble();
}
