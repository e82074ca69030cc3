// Code of a guest as text: `mem disassemble`, and what a stopped vCPU is about to do.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class CodeOutput
{
    private const ulong Usual = 8;
    private const ulong Most = 256;
    private const int InstructionSize = 4;

    private static GuestBytes s_window;
    private static ShortText s_text;

    private static GuestBytes* Window => (GuestBytes*)Unsafe.AsPointer(ref s_window);

    private static ShortText* Text => (ShortText*)Unsafe.AsPointer(ref s_text);

    /// <summary>Shows instructions: disassemble [ADDRESS [COUNT]].</summary>
    internal static void List(VirtualCpu* vcpu, Words* words)
    {
        ulong address = vcpu->Pc;
        ulong count = Usual;
        AddressSpace space = AddressSpace.Current;
        if ((words->Count > 2 && !AddressWord.TryRead(vcpu, Words.At(words, 2), out space, out address))
            || (words->Count > 3 && !Expression.TryValue(vcpu, Words.At(words, 3), out count)))
        {
            return;
        }

        address &= ~(ulong)(InstructionSize - 1);
        if (count - 1 >= Most)
        {
            Output.Error("1 to 256 instructions at a time, not"u8, Words.At(words, 3));
            return;
        }

        GuestBytes.Open(Window, vcpu, space, isWritten: false);
        if (GuestBytes.At(Window, address) == null)
        {
            GuestBytes.Refuse(Window, words->Count > 2 ? Words.At(words, 2) : "pc"u8);
            return;
        }

        Session.Warn();
        Output.List("instructions"u8);
        for (ulong i = 0; i < count && TryRead(address, out uint word); i++)
        {
            Output.Row();
            Output.HexCell("address"u8, address);
            Output.HexCell("word"u8, word, 8);
            Output.Cell("instruction"u8, TextOf(word, address));
            ShowPlace(vcpu, address, isFirst: i == 0);
            address += InstructionSize;
        }
    }

    /// <summary>Shows the instruction that a held vCPU is at, if it can be read.</summary>
    internal static void Next(VirtualCpu* vcpu)
    {
        ReadOnlySpan<byte> text = TextOfNext(vcpu);
        if (text.Length != 0)
        {
            Output.Cell("instruction"u8, text);
        }
    }

    /// <summary>The instruction that a held vCPU is at; empty when it cannot be read. Good until the next one is asked for.</summary>
    internal static ReadOnlySpan<byte> TextOfNext(VirtualCpu* vcpu)
    {
        GuestBytes.Open(Window, vcpu, AddressSpace.Current, isWritten: false);
        return TryRead(vcpu->Pc, out uint word) ? TextOf(word, vcpu->Pc) : default;
    }

    // Where it begins, and where something else does. Not inlined: several outs in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShowPlace(VirtualCpu* vcpu, ulong address, bool isFirst)
    {
        if (GuestSymbols.TryName(vcpu, address, out _, out _, out ulong offset) && (isFirst || offset == 0))
        {
            SymbolOutput.Show(vcpu, address);
        }
    }

    private static ReadOnlySpan<byte> TextOf(uint word, ulong address)
    {
        Disassembler.Write(Text, word, address);
        return new ReadOnlySpan<byte>(Text->Bytes, Text->Length);
    }

    private static bool TryRead(ulong address, out uint word)
    {
        word = 0;
        for (int i = 0; i < InstructionSize; i++)
        {
            byte* at = GuestBytes.At(Window, address + (ulong)i);
            if (at == null)
            {
                return false;
            }

            word |= (uint)*at << (i * 8);
        }

        return true;
    }
}
