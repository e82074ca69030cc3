// What the checks report: lines of the Test Anything Protocol on the serial port. Values go into comments, and only such
// values as every machine must agree on, since whole transcripts are compared.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static class Tap
{
    private static uint s_count;

    /// <summary>One test line.</summary>
    public static void Check(bool condition, ReadOnlySpan<byte> name) => Check(condition, name, default, default);

    /// <summary>One test line whose name has up to three parts, put together as they are.</summary>
    public static void Check(bool condition, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        Hal.Console.Write(condition ? "ok "u8 : "not ok "u8);
        Hal.Console.WriteDecimal(++s_count);
        Hal.Console.Write(" - "u8);
        Hal.Console.Write(first);
        Hal.Console.Write(second);
        Hal.Console.Write(third);
        Hal.Console.WriteLine();
    }

    /// <summary>One test line that says a value. It fails when the hardware's transcript has another one there.</summary>
    public static void Reading(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong value)
    {
        Hal.Console.Write("ok "u8);
        Hal.Console.WriteDecimal(++s_count);
        Hal.Console.Write(" - "u8);
        Hal.Console.Write(first);
        Hal.Console.Write(second);
        Hal.Console.Write(" is "u8);
        Hal.Console.WriteHex(value);
        Hal.Console.WriteLine();
    }

    /// <summary>The same, of a place that is named by a number.</summary>
    public static void Reading(ReadOnlySpan<byte> name, ulong place, ulong value)
    {
        Hal.Console.Write("ok "u8);
        Hal.Console.WriteDecimal(++s_count);
        Hal.Console.Write(" - "u8);
        Hal.Console.Write(name);
        Hal.Console.WriteHex(place);
        Hal.Console.Write(" is "u8);
        Hal.Console.WriteHex(value);
        Hal.Console.WriteLine();
    }

    /// <summary>A comment.</summary>
    public static void Comment(ReadOnlySpan<byte> text)
    {
        Hal.Console.Write("# "u8);
        Hal.Console.WriteLine(text);
    }

    /// <summary>A comment that names a value.</summary>
    public static void Value(ReadOnlySpan<byte> name, ulong value)
    {
        Hal.Console.Write("# "u8);
        Hal.Console.Write(name);
        Hal.Console.Write(" "u8);
        Hal.Console.WriteHex(value);
        Hal.Console.WriteLine();
    }

    /// <summary>The plan, when everything has run.</summary>
    public static void Plan()
    {
        Hal.Console.Write("1.."u8);
        Hal.Console.WriteDecimal(s_count);
        Hal.Console.WriteLine();
    }
}
