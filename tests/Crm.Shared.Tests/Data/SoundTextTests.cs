using System.Text;
using Crm.Shared.Data;

namespace Crm.Shared.Tests.Data;

internal sealed class SoundTextTests
{
    [TestCase("""{"name":"\ud83d\ude00 ok"}""", null)]
    [TestCase("""{"name":"a\u0041"}""", null)]
    [TestCase("""{"name":"\ud800"}""", "name")]
    [TestCase("""{"name":"\udc00\ud800"}""", "name")]
    [TestCase("""{"name":"a\u0000"}""", "name")]
    [TestCase("""{"a":{"b":["x",{"c":"y"},{"c":"\ud800"}]}}""", "a.b[2].c")]
    [TestCase("""{"lines":[[1,"\ud800"]]}""", "lines[0][1]")]
    [TestCase("""[1,2,"\u0000"]""", "[2]")]
    [TestCase("\"\\ud800\"", "")]
    [TestCase("""{"a":{"b":1},"c":"\u0000"}""", "c")]
    [TestCase("""{"and":[{"field":"\ud800"}]}""", "and[0].field")]
    // Whoever reads it says what is wrong with it.
    [TestCase("""{"name":"\ud83d" """, "name")]
    [TestCase("""{"name":\u0000}""", null)]
    public void The_place_of_text_that_cannot_be_kept_is_named(string json, string? place) => SoundText.BrokenAt(Encoding.UTF8.GetBytes(json)).ShouldBe(place);

    [Test]
    public void A_name_that_cannot_be_kept_is_where_its_object_is() => SoundText.BrokenAt("""{"a":{"\ud800":1}}"""u8).ShouldBe("a");

    [Test]
    public void Bytes_that_are_no_text_are_found_too() => SoundText.BrokenAt([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]).ShouldBe("name");
}
