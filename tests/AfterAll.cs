using Crm.Testing;

/// <summary>Once per test project, after its last test.</summary>
[NUnit.Framework.SetUpFixture]
#pragma warning disable CA1050 // Outside any namespace it is about the whole project.
public sealed class AfterAll
#pragma warning restore CA1050
{
    [NUnit.Framework.OneTimeTearDown]
    public Task Drop() => TestDatabase.DropAllAsync();
}
