// The way to where Nestor is, by frame pointers, each address with its method and line. Reads only what lies in a known
// stack: whatever has gone wrong, the report of it must not go wrong too.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Back-traces on the console.</summary>
public static unsafe class BackTrace
{
    /// <summary>Most frames that are followed.</summary>
    private const uint Maximum = 32;

    /// <summary>A method that has executed no more than this may not have a frame of its own yet.</summary>
    private const ulong Prologue = 32;

    private static Symbol s_symbol;

    /// <summary>From an exception.</summary>
    public static void Write(PanicFrame* exception)
    {
        Head();
        Entry(exception->Pc, exception->Pc);
        if (IsWithoutFrame(exception))
        {
            Entry(exception->X[30], exception->X[30] - 4);
        }

        Follow(exception->X[29]);
    }

    /// <summary>From a frame pointer: the first line is the caller of the method that owns it.</summary>
    public static void Write(ulong frame)
    {
        Head();
        Follow(frame);
    }

    private static void Head() => Console.WriteLine("  back-trace:"u8);

    /// <summary>Assembly leaves and methods at their first instructions have their caller in x30 only.</summary>
    private static bool IsWithoutFrame(PanicFrame* exception)
    {
        ulong link = exception->X[30];
        ulong frame = exception->X[29];
        if (!IsText(link) || (Stacks.HoldFrame(frame) && ((ulong*)frame)[1] == link))
        {
            return false;
        }

        if (!IsText(exception->Pc))
        {
            return true;
        }

        Symbol* symbol = At(exception->Pc);
        ulong start = symbol->Start;
        return symbol->TypeLength == 0 || (exception->Pc - start < Prologue && At(link - 4)->Start != start);
    }

    private static void Follow(ulong frame)
    {
        for (uint i = 0; i < Maximum && Stacks.HoldFrame(frame); i++)
        {
            ulong next = ((ulong*)frame)[0];
            ulong caller = ((ulong*)frame)[1];
            if (caller == 0)
            {
                return;
            }

            // The call is the instruction before, and perhaps the last one of its method.
            Entry(caller, caller - 4);
            if (next <= frame)
            {
                return;
            }

            frame = next;
        }
    }

    private static void Entry(ulong shown, ulong address)
    {
        Console.Write("    "u8);
        Console.WriteHex(shown, 16);
        if (IsText(address))
        {
            Name(At(address));
        }

        Console.WriteLine();
    }

    private static void Name(Symbol* symbol)
    {
        Console.Write((byte)' ');
        if (symbol->TypeLength != 0)
        {
            Text(symbol->Type, symbol->TypeLength);
            Console.Write((byte)'.');
        }

        Text(symbol->Name, symbol->NameLength);
        if (symbol->Line != 0)
        {
            Console.Write(" ("u8);
            Text(symbol->File, symbol->FileLength);
            Console.Write((byte)':');
            Console.WriteDecimal(symbol->Line);
            Console.Write((byte)')');
        }
    }

    private static void Text(byte* text, ulong length)
    {
        for (ulong i = 0; i < length; i++)
        {
            Console.Write(text[i]);
        }
    }

    private static Symbol* At(ulong address)
    {
        Symbol* symbol = (Symbol*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref s_symbol);
        byte* table = (byte*)ImageLayout.SymbolTable;
        Symbol.Find(symbol, table, ImageLayout.SymbolTableEnd - ImageLayout.SymbolTable, ImageLayout.TextStart, address);
        return symbol;
    }

    private static bool IsText(ulong address) => address >= ImageLayout.TextStart && address < ImageLayout.TextEnd;
}
