using System.Text.Json;
using Crm.Shared.Time;

namespace Crm.Shared.Tests.Time;

public sealed class BusinessDurationTests
{
    [TestCase("{\"business\":\"PT1H\"}"), TestCase("{\"business\":\"P3D\"}"), TestCase("{\"plain\":\"P3DT12H\"}"), TestCase("{\"business\":\"-P1DT30M\"}"), TestCase("{\"plain\":\"PT0S\"}")]
    public void A_duration_survives_its_own_JSON(string json) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<BusinessDuration>(json)).ShouldBe(json);

    [TestCase("PT90M", "PT1H30M"), TestCase("PT26H", "PT26H"), TestCase("P2W", "P14D"), TestCase("P0D", "PT0S"), TestCase("PT59S", "PT59S")]
    public void The_shortest_form_is_written(string iso, string shortest) => BusinessDuration.Parse(false, iso)!.ToIso().ShouldBe(shortest);

    [TestCase("{}"), TestCase("\"PT1H\""), TestCase("{\"business\":1}"), TestCase("{\"business\":\"PT1H\",\"plain\":\"PT1H\"}"), TestCase("{\"calendar\":\"PT1H\"}")]
    [TestCase("{\"business\":\"P\"}"), TestCase("{\"business\":\"PT\"}"), TestCase("{\"business\":\"P1M\"}"), TestCase("{\"business\":\"P1Y\"}"), TestCase("{\"business\":\"1H\"}")]
    [TestCase("{\"business\":\"P1W\"}"), TestCase("{\"business\":\"P1001D\"}"), TestCase("{\"business\":\"PT5001H\"}"), TestCase("{\"plain\":\"P999999999D\"}"), TestCase("{\"plain\":\"PT1.5H\"}")]
    public void What_is_no_duration_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<BusinessDuration>(json));

    [Test]
    public void Words_tell_the_duration_in_both_languages()
    {
        var words = BusinessDuration.Parse(true, "P1DT2H")!.InWords();
        words.Zh.ShouldBe("1 个工作日 2 个工作小时");
        words.En.ShouldBe("1 working day 2 working hours");
        BusinessDuration.Parse(false, "P3D")!.InWords().Zh.ShouldBe("3 天");
    }
}
