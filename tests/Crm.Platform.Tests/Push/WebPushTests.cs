using System.Buffers.Text;
using System.Security.Cryptography;
using Crm.Platform.Push;

namespace Crm.Platform.Tests.Push;

public sealed class WebPushTests
{
    /// <summary>The example of RFC 8291, section 5.</summary>
    [Test]
    public void A_message_is_sealed_as_the_standard_says()
    {
        var point = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            Q = new() { X = point[1..33], Y = point[33..] },
        });
        var target = new PushTarget(new("https://push.example.net/push/x"),
            Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), Bytes("BTBZMqHH6r4Tts7J_aSIgg"));
        var message = WebPush.Seal(target, "When I grow up, I want to be a watermelon"u8, own, Bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        Base64Url.EncodeToString(message).ShouldBe(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    [Test]
    public void What_is_no_point_of_the_curve_is_no_key()
    {
        WebPush.Key(new byte[65]).ShouldBeNull();
        WebPush.Key([4, .. RandomNumberGenerator.GetBytes(31)]).ShouldBeNull();
        WebPush.Key([4, .. Enumerable.Repeat((byte)7, 64)]).ShouldBeNull();
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
