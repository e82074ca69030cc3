// The few instructions that the smallest guests of tests are made of.
namespace Nestor.Tests.Harness;

/// <summary>Instructions of A64.</summary>
public static class GuestCode
{
    /// <summary>mrs x3, cnthctl_el2</summary>
    public const uint ReadCnthctl = 0xd53c_e103;

    /// <summary>movz w0, #0x8400, lsl #16</summary>
    public const uint LoadPsciFunction = 0x52b0_8000;

    /// <summary>movk w0, #8</summary>
    public const uint SystemOff = 0x7280_0100;

    /// <summary>movk w0, #9</summary>
    public const uint SystemReset = 0x7280_0120;

    /// <summary>smc #0</summary>
    public const uint Smc = 0xd400_0003;

    /// <summary>b .</summary>
    public const uint Forever = 0x1400_0000;

    /// <summary>b .-4</summary>
    public const uint Back = 0x17ff_ffff;

    /// <summary>movz x1, #0x900, lsl #16: the serial port</summary>
    public const uint LoadUart = 0xd2a1_2001;

    /// <summary>movz w2, #10</summary>
    public const uint LoadNewline = 0x5280_0142;

    /// <summary>movz w2, #'~'</summary>
    public const uint LoadTilde = 0x5280_0fc2;

    /// <summary>str w2, [x1]</summary>
    public const uint Send = 0xb900_0022;
}
