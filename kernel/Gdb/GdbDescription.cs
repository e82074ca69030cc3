// The target description that gdb asks for: its own two features of AArch64, and one with every row of the register table by the
// Arm ARM's name. It is written anew for every piece that gdb asks for, and only the piece is kept: no memory is needed for it.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class GdbDescription
{
    private static PacketWriter* s_reply;
    private static ulong s_at;
    private static ulong s_start;
    private static ulong s_end;

    /// <summary>Writes a piece, with the letter in front that says whether more follows.</summary>
    internal static void Write(PacketWriter* reply, ulong offset, ulong length)
    {
        // The letter and room for an escape of each byte; nothing in the text needs one.
        ulong most = (ulong)PacketWriter.Room(reply) - 1;
        s_reply = reply;
        s_at = 0;
        s_start = offset;
        s_end = offset + (length < most ? length : most);
        PacketWriter.Put(reply, (byte)'m');
        All();
        if (s_at <= s_end)
        {
            reply->Bytes[1] = (byte)'l';
        }
    }

    private static void All()
    {
        Put("<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target version=\"1.0\"><architecture>aarch64</architecture>\n"u8);
        Core();
        Vectors();
        System();
        Put("</target>\n"u8);
    }

    private static void Core()
    {
        Put("<feature name=\"org.gnu.gdb.aarch64.core\">\n"u8);
        Put("<flags id=\"cpsr_flags\" size=\"4\">"u8);
        Put("<field name=\"SP\" start=\"0\" end=\"0\"/><field name=\"EL\" start=\"2\" end=\"3\"/><field name=\"nRW\" start=\"4\" end=\"4\"/>"u8);
        Put("<field name=\"F\" start=\"6\" end=\"6\"/><field name=\"I\" start=\"7\" end=\"7\"/><field name=\"A\" start=\"8\" end=\"8\"/><field name=\"D\" start=\"9\" end=\"9\"/>"u8);
        Put("<field name=\"BTYPE\" start=\"10\" end=\"11\"/><field name=\"SSBS\" start=\"12\" end=\"12\"/><field name=\"IL\" start=\"20\" end=\"20\"/><field name=\"SS\" start=\"21\" end=\"21\"/>"u8);
        Put("<field name=\"PAN\" start=\"22\" end=\"22\"/><field name=\"UAO\" start=\"23\" end=\"23\"/><field name=\"DIT\" start=\"24\" end=\"24\"/><field name=\"TCO\" start=\"25\" end=\"25\"/>"u8);
        Put("<field name=\"V\" start=\"28\" end=\"28\"/><field name=\"C\" start=\"29\" end=\"29\"/><field name=\"Z\" start=\"30\" end=\"30\"/><field name=\"N\" start=\"31\" end=\"31\"/></flags>\n"u8);
        for (uint i = 0; i < GdbRegisters.StackPointer; i++)
        {
            Numbered("x"u8, i, "\" bitsize=\"64\"/>\n"u8);
        }

        Put("<reg name=\"sp\" bitsize=\"64\" type=\"data_ptr\"/>\n<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\"/>\n"u8);
        Put("<reg name=\"cpsr\" bitsize=\"32\" type=\"cpsr_flags\"/>\n</feature>\n"u8);
    }

    private static void Vectors()
    {
        Put("<feature name=\"org.gnu.gdb.aarch64.fpu\">\n"u8);
        Put("<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/><vector id=\"v4s\" type=\"ieee_single\" count=\"4\"/>"u8);
        Put("<vector id=\"v2u\" type=\"uint64\" count=\"2\"/><vector id=\"v4u\" type=\"uint32\" count=\"4\"/><vector id=\"v16u\" type=\"uint8\" count=\"16\"/>\n"u8);
        Put("<union id=\"vector\"><field name=\"d\" type=\"v2d\"/><field name=\"f\" type=\"v4s\"/>"u8);
        Put("<field name=\"u64\" type=\"v2u\"/><field name=\"u32\" type=\"v4u\"/><field name=\"u8\" type=\"v16u\"/></union>\n"u8);
        for (uint i = 0; i < 32; i++)
        {
            Numbered("v"u8, i, "\" bitsize=\"128\" type=\"vector\"/>\n"u8);
        }

        Put("<reg name=\"fpsr\" bitsize=\"32\" type=\"uint32\"/>\n<reg name=\"fpcr\" bitsize=\"32\" type=\"uint32\"/>\n</feature>\n"u8);
    }

    private static void System()
    {
        Put("<feature name=\"org.nestor.system\">\n"u8);
        for (uint row = 0; row < (uint)Register.Count; row++)
        {
            if (HasFields(row) && FirstWithFields(row) == row)
            {
                Fields(row);
            }
        }

        for (uint row = 0; row < (uint)Register.Count; row++)
        {
            if (GdbRegisters.IsShown(row))
            {
                Put("<reg name=\""u8);
                Put(RegisterName.Of((Register)row));
                Put("\" bitsize=\"64\" group=\"system\" save-restore=\"no\" regnum=\""u8);
                Decimal(GdbRegisters.FirstSystem + row);
                Put("\" type=\""u8);
                Type(row);
                Put("\"/>\n"u8);
            }
        }

        Put("</feature>\n"u8);
    }

    // A type that gdb shows field by field; registers that have the same fields share it.
    private static void Fields(uint row)
    {
        Put("<flags id=\""u8);
        Type(row);
        Put("\" size=\"8\">"u8);
        int first = RegisterFields.First[(int)row];
        int end = first + RegisterFields.Counts[(int)row];
        for (int i = first; i < end; i++)
        {
            Put("<field name=\""u8);
            Put(RegisterFields.Name(i));
            Put("\" start=\""u8);
            Decimal((uint)RegisterFields.Low(i));
            Put("\" end=\""u8);
            Decimal((uint)RegisterFields.High(i));
            Put("\"/>"u8);
        }

        Put("</flags>\n"u8);
    }

    private static void Type(uint row)
    {
        if (HasFields(row))
        {
            Put(RegisterName.Of((Register)FirstWithFields(row)));
            Put("_fields"u8);
        }
        else
        {
            Put("uint64"u8);
        }
    }

    private static uint FirstWithFields(uint row)
    {
        uint first = 0;
        while (First(first) != First(row) || !HasFields(first))
        {
            first++;
        }

        return first;
    }

    // Not inlined, these two: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasFields(uint row) => RegisterFields.Counts[(int)row] != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint First(uint row) => RegisterFields.First[(int)row];

    private static void Numbered(ReadOnlySpan<byte> name, uint number, ReadOnlySpan<byte> rest)
    {
        Put("<reg name=\""u8);
        Put(name);
        Decimal(number);
        Put(rest);
    }

    private static void Decimal(uint value)
    {
        uint divisor = 1;
        while (value / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Put((byte)('0' + (value / divisor % 10)));
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
        if (s_at >= s_start && s_at < s_end)
        {
            PacketWriter.Put(s_reply, value);
        }

        s_at++;
    }
}
