using Crm.Workflows.Runtime.Sweeps;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class QuartzTablesTests
{
    [Test]
    public void The_schedulers_own_script_is_ready_to_run()
    {
        var script = QuartzTables.Script().ToList();
        script.ShouldAllBe(s => s.Contains("CREATE TABLE QRTZ_") || s.Contains("CREATE INDEX IDX_QRTZ_"));
        script.ShouldAllBe(s => !s.Contains('{') && !s.Contains("--;;"));
        // The one whose presence tells that all are there.
        script.Last(s => s.Contains("CREATE TABLE")).ShouldContain("CREATE TABLE QRTZ_JOB_STATUS");
    }
}
