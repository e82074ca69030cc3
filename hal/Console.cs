// Nestor's own words on the serial console: polled, no formatting library, usable from the first instruction of C# on.

using System;

namespace Nestor.Hal;

/// <summary>The host's console. Whole lines are kept together by the lock that the caller may hold.</summary>
public static unsafe class Console
{
    /// <summary>The port. Before Open, everything written is lost.</summary>
    public static Pl011 Port;

    /// <summary>Taken around a line by code that runs on several CPUs; never by a panic.</summary>
    public static SpinLock Lock;

    /// <summary>What Nestor itself has said: messages, each with its time in front, and no conversation.</summary>
    public static TextRing Log;

    private static bool s_isStuck;
    private static bool s_isMessage;

    /// <summary>TPIDR_EL2 of the only CPU that is still heard, in a panic; 0: all are.</summary>
    public static ulong Exclusive;

    /// <summary>
    /// Takes <see cref="Lock"/>, or gives up after about a second: the holder is stuck, and text that is mixed with other text is
    /// better than none.
    /// </summary>
    /// <returns>For <see cref="Unlock"/>.</returns>
    public static bool TryLock()
    {
        // Waited for once: who has found the holder stuck does not wait again.
        const uint Patience = 20_000_000;
        bool locked = Lock.TryEnter(s_isStuck ? 1 : Patience);
        s_isStuck = !locked;
        return locked;
    }

    /// <summary>Gives the lock back, if it was had.</summary>
    public static void Unlock(bool locked)
    {
        if (locked)
        {
            Lock.Exit();
        }
    }

    /// <summary>A message of Nestor's own begins: until <see cref="EndMessage"/> all that is written is kept in <see cref="Log"/>.</summary>
    public static void BeginMessage()
    {
        const ulong Microseconds = 1_000_000;
        ulong time = SystemRegisters.CNTPCT_EL0;
        ulong frequency = SystemRegisters.CNTFRQ_EL0;
        Log.Add((byte)'[');
        Log.AddDecimal(time / frequency, 10_000);
        Log.Add((byte)'.');
        Log.AddDecimal(time % frequency * Microseconds / frequency, Microseconds / 10);
        Log.Add((byte)']');
        Log.Add((byte)' ');
        s_isMessage = true;
        Write("nestor: "u8);
    }

    /// <summary>The message is complete.</summary>
    public static void EndMessage() => s_isMessage = false;

    public static void Write(byte value)
    {
        if (s_isMessage)
        {
            Log.Add(value);
        }

        Send(value);
    }

    /// <summary>Writes what is no message: a guest's byte.</summary>
    public static void Send(byte value)
    {
        if (Port.IsPresent && (Exclusive == 0 || Exclusive == SystemRegisters.TPIDR_EL2))
        {
            Port.Send(value);
        }
    }

    public static void Write(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Write(text[i]);
        }
    }

    public static void WriteLine(ReadOnlySpan<byte> text)
    {
        Write(text);
        WriteLine();
    }

    public static void WriteLine() => Write("\r\n"u8);

    /// <summary>Writes 0x and as many digits as needed, or at least <paramref name="digits"/>.</summary>
    public static void WriteHex(ulong value, int digits = 1)
    {
        Write("0x"u8);
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            if (shift / 4 < digits || value >> shift != 0)
            {
                Write(HexDigit.Of(value >> shift));
            }
        }
    }

    public static void WriteDecimal(ulong value)
    {
        ulong divisor = 1;
        while (value / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Write((byte)('0' + (value / divisor % 10)));
        }
    }
}
