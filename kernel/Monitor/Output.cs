// What a command says, once: the same calls make lines for a person or, with `json` in front of the command, one line for a
// script. A command first does what it has to do and then speaks, because speaking takes the console's lock.
//
//   text   rows are lines, fields are `name value` two spaces apart, a cell is a value that needs no name
//   JSON   {"command":"vm","machines":[{"number":1,"name":"debian"},...],"error":"..."}   64-bit values are "0x..." strings

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The output of the command that runs.</summary>
public static unsafe class Output
{
    private static bool s_isJson;
    private static bool s_isSpeaking;
    private static bool s_isLocked;
    private static byte* s_command;
    private static int s_commandLength;
    private static bool s_hasError;
    private static bool s_isInList;
    private static bool s_isInRow;
    private static bool s_wantsSeparator;
    private static int s_column;

    /// <summary>gdb asked: it gets the text, and the console none.</summary>
    public static bool IsForDebugger { get; set; }

    /// <summary>Whether it is for a script.</summary>
    public static bool IsJson => s_isJson;

    /// <summary>Whether the command has said that something went wrong.</summary>
    public static bool HasError => s_hasError;

    /// <summary>A command begins. Nothing is written, and no lock taken, before it says something.</summary>
    /// <param name="command">Its name, which must stay.</param>
    /// <param name="length">The name's length.</param>
    /// <param name="isJson">It is for a script.</param>
    public static void Begin(byte* command, int length, bool isJson)
    {
        s_command = command;
        s_commandLength = length;
        s_isJson = isJson;
        s_isSpeaking = false;
        s_hasError = false;
        s_isInList = false;
        s_isInRow = false;
        s_wantsSeparator = false;
        s_column = 0;
    }

    /// <summary>The command has ended.</summary>
    public static void End()
    {
        EndList();
        if (s_isJson)
        {
            Put((byte)'}');
            EndOfLine();
        }

        NewLine();
        if (s_isSpeaking)
        {
            Console.Unlock(s_isLocked);
        }
    }

    /// <summary>Rows follow.</summary>
    public static void List(ReadOnlySpan<byte> name)
    {
        EndList();
        if (s_isJson)
        {
            Name(name);
            Put((byte)'[');
        }

        s_isInList = true;
        s_wantsSeparator = false;
    }

    /// <summary>The rows are over; fields may follow.</summary>
    public static void EndList()
    {
        if (!s_isInList)
        {
            return;
        }

        EndRow();
        if (s_isJson)
        {
            Put((byte)']');
        }

        s_isInList = false;
        s_wantsSeparator = true;
    }

    /// <summary>The next row of the list.</summary>
    public static void Row()
    {
        EndRow();
        NewLine();
        if (s_isJson)
        {
            Separate();
            Put((byte)'{');
        }

        s_isInRow = true;
        s_wantsSeparator = false;
    }

    /// <summary>The next row, for a person in the same line as the one before when <paramref name="same"/>.</summary>
    public static void RowInLine(bool same)
    {
        if (!same || s_isJson)
        {
            Row();
            return;
        }

        s_wantsSeparator = true;
    }

    /// <summary>A person's line ends here.</summary>
    public static void Line()
    {
        NewLine();
        s_wantsSeparator &= s_isJson;
    }

    /// <summary>A person's line begins with so many spaces.</summary>
    public static void Indent(int count) => Pad(count);

    /// <summary>A text with its name.</summary>
    public static void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        Name(name);
        String(text);
    }

    /// <summary>A text that needs no name, followed by as many spaces as its column needs.</summary>
    public static void Cell(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, int width = 0)
    {
        Key(name);
        String(text);
        Pad(width - text.Length);
    }

    /// <summary>A number in hexadecimal, of so many digits for a person.</summary>
    public static void Hex(ReadOnlySpan<byte> name, ulong value, int digits = 16)
    {
        Name(name);
        HexValue(value, digits);
    }

    /// <summary>The same without a name.</summary>
    public static void HexCell(ReadOnlySpan<byte> name, ulong value, int digits = 16)
    {
        Key(name);
        HexValue(value, digits);
    }

    /// <summary>A small number.</summary>
    public static void Number(ReadOnlySpan<byte> name, ulong value)
    {
        Name(name);
        Digits(value);
    }

    /// <summary>A small number that needs no name.</summary>
    public static void NumberCell(ReadOnlySpan<byte> name, ulong value, int width = 0)
    {
        Key(name);
        int before = s_column;
        Digits(value);
        Pad(width - (s_column - before));
    }

    /// <summary>Bytes in hexadecimal, for a person with spaces between them and as wide as <paramref name="columns"/> of them.</summary>
    public static void Bytes(ReadOnlySpan<byte> name, byte* bytes, int count, int columns)
    {
        Key(name);
        if (s_isJson)
        {
            Put((byte)'"');
        }

        for (int i = 0; i < count; i++)
        {
            Digit(bytes[i] >> 4);
            Digit(bytes[i] & 0xf);
            if (!s_isJson)
            {
                Put((byte)' ');
            }
        }

        if (s_isJson)
        {
            Put((byte)'"');
        }

        Pad((columns - count) * 3);
        s_wantsSeparator = true;
    }

    /// <summary>Yes or no; a person sees the name when it is yes.</summary>
    public static void Flag(ReadOnlySpan<byte> name, bool value)
    {
        if (s_isJson)
        {
            Name(name);
            Put(value ? "true"u8 : "false"u8);
            s_wantsSeparator = true;
        }
        else if (value)
        {
            Separate();
            Put(name);
            s_wantsSeparator = true;
        }
    }

    /// <summary>What went wrong; the last that a command says.</summary>
    public static void Error(ReadOnlySpan<byte> text)
    {
        BeginError();
        Put(text);
        EndError();
    }

    /// <summary>The same, with the word that it is about.</summary>
    public static void Error(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        BeginError();
        Put(text);
        Put((byte)' ');
        Put((byte)'\'');
        Escaped(word);
        Put((byte)'\'');
        EndError();
    }

    /// <summary>The same, with a number.</summary>
    public static void Error(ReadOnlySpan<byte> text, ulong number)
    {
        BeginError();
        Put(text);
        Put((byte)' ');
        Digits(number);
        EndError();
    }

    private static void BeginError()
    {
        s_hasError = true;
        EndList();
        NewLine();
        if (s_isJson)
        {
            Name("error"u8);
            Put((byte)'"');
        }
        else
        {
            Put("error: "u8);
        }
    }

    private static void EndError()
    {
        if (s_isJson)
        {
            Put((byte)'"');
        }

        s_wantsSeparator = true;
    }

    private static void EndRow()
    {
        if (!s_isInRow)
        {
            return;
        }

        if (s_isJson)
        {
            Put((byte)'}');
        }

        s_isInRow = false;
        s_wantsSeparator = true;
    }

    private static void Name(ReadOnlySpan<byte> name)
    {
        Key(name);
        if (!s_isJson)
        {
            Put(name);
            Put((byte)' ');
        }
    }

    private static void Key(ReadOnlySpan<byte> name)
    {
        Separate();
        if (s_isJson)
        {
            Put((byte)'"');
            Put(name);
            Put("\":"u8);
        }
    }

    private static void Separate()
    {
        if (s_wantsSeparator && (s_isJson || s_column != 0))
        {
            Put(s_isJson ? ","u8 : "  "u8);
        }

        s_wantsSeparator = false;
    }

    private static void String(ReadOnlySpan<byte> text)
    {
        if (s_isJson)
        {
            Put((byte)'"');
        }

        Escaped(text);
        if (s_isJson)
        {
            Put((byte)'"');
        }

        s_wantsSeparator = true;
    }

    // A guest's text may hold anything.
    private static void Escaped(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (s_isJson && value is (byte)'"' or (byte)'\\')
            {
                Put((byte)'\\');
            }

            Put(value is >= 0x20 and < 0x7f ? value : (byte)'.');
        }
    }

    private static void HexValue(ulong value, int digits)
    {
        if (s_isJson)
        {
            Put((byte)'"');
        }

        Put("0x"u8);
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            if (shift == 0 || value >> shift != 0 || (!s_isJson && shift / 4 < digits))
            {
                Digit((int)(value >> shift) & 0xf);
            }
        }

        if (s_isJson)
        {
            Put((byte)'"');
        }

        s_wantsSeparator = true;
    }

    private static void Digit(int digit) => Put(HexDigit.Of((ulong)digit));

    private static void Digits(ulong value)
    {
        ulong divisor = 1;
        while (value / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Put((byte)('0' + (value / divisor % 10)));
        }

        s_wantsSeparator = true;
    }

    private static void Pad(int count)
    {
        for (; count > 0 && !s_isJson; count--)
        {
            Put((byte)' ');
        }
    }

    private static void NewLine()
    {
        if (s_column != 0 && !s_isJson)
        {
            EndOfLine();
            s_column = 0;
        }
    }

    private static void EndOfLine()
    {
        if (IsForDebugger)
        {
            GdbMonitor.Put((byte)'\n');
        }
        else
        {
            Console.WriteLine();
        }
    }

    private static void Put(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(text[i]);
        }
    }

    private static void Put(byte value)
    {
        if (!s_isSpeaking)
        {
            Speak(isEmpty: value == '}');
        }

        if (IsForDebugger)
        {
            GdbMonitor.Put(value);
        }
        else
        {
            Console.Write(value);
        }

        s_column++;
    }

    private static void Speak(bool isEmpty)
    {
        s_isSpeaking = true;
        s_isLocked = !IsForDebugger && Console.TryLock();
        if (s_isJson)
        {
            s_wantsSeparator = false;
            Put((byte)'{');
            Text("command"u8, new ReadOnlySpan<byte>(s_command, s_commandLength));
            s_wantsSeparator = false;
            if (!isEmpty)
            {
                Put((byte)',');
            }
        }
    }
}
