// `reg`: registers of the chosen vCPU by name, pattern or id, through the same get, set and list by id as everything outside.

using System;

namespace Nestor.Kernel;

internal unsafe struct RegCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "reg"u8;

    public static ReadOnlySpan<byte> Arguments => "[-l2] [diff | REGISTER | PATTERN | ID] [= VALUE]"u8;

    public static ReadOnlySpan<byte> Summary => "registers: read, decode, write; diff since it last went on; -l2 what its guest sees"u8;

    public static void Run(Words* words)
    {
        bool secondLevel = Words.Is(words, 1, "-l2"u8);
        if (secondLevel)
        {
            Words.Shift(words);
        }

        VirtualCpu* vcpu = Session.Hold();
        Do(vcpu, words, secondLevel);
        Session.Release();
    }

    private static void Do(VirtualCpu* vcpu, Words* words, bool secondLevel)
    {
        if (secondLevel)
        {
            SecondLevel(vcpu, words);
        }
        else if (words->Count < 2)
        {
            General(vcpu);
        }
        else if (Words.Is(words, 1, "diff"u8))
        {
            if (CommandTable.IsEnd(words, 2))
            {
                LastStop.ShowDifference(vcpu);
            }
        }
        else if (words->Count == 2)
        {
            Read(vcpu, Words.At(words, 1));
        }
        else if (Words.Is(words, 2, "="u8) && words->Count == 4)
        {
            Write(vcpu, Words.At(words, 1), Words.At(words, 3));
        }
        else
        {
            Refuse();
        }
    }

    private static void SecondLevel(VirtualCpu* vcpu, Words* words)
    {
        if (words->Count <= 2)
        {
            SecondLevelRegisters.Show(vcpu, words->Count > 1 ? Words.At(words, 1) : "*"u8);
        }
        else if (Words.Is(words, 2, "="u8) && words->Count == 4)
        {
            // They are its guest hypervisor's view of the same ids.
            if (SecondLevelRegisters.Has(vcpu, Words.At(words, 1)))
            {
                Write(vcpu, Words.At(words, 1), Words.At(words, 3));
            }
        }
        else
        {
            Refuse();
        }
    }

    private static void Refuse() => Output.Error("reg REGISTER = VALUE, with spaces, is how to write"u8);

    // Four in a line, and the two that say where it is.
    private static void General(VirtualCpu* vcpu)
    {
        Session.Warn();
        Output.List("registers"u8);
        uint column = 0;
        for (ulong id = RegisterId.Next(0); id != 0 && id < RegisterId.SystemRegister; id = RegisterId.Next(id))
        {
            VcpuView.TryGet(vcpu, id, out ulong value);
            Output.RowInLine(column++ % 4 != 0);
            Output.Cell("name"u8, RegisterName.Of(id), 3);
            Output.HexCell("value"u8, value);
        }

        Output.EndList();
        Output.Line();
        Output.Text("level"u8, VcpuCommand.Level(vcpu));
    }

    private static void Read(VirtualCpu* vcpu, ReadOnlySpan<byte> word)
    {
        ulong found = Id(vcpu, word);
        if (found == 0 && !Letters.IsPattern(word))
        {
            if (!ReadOnlyRegisters.Show(vcpu, word))
            {
                Output.Error("unknown register"u8, word);
            }

            return;
        }

        Session.Warn();
        Output.List("registers"u8);
        bool any = false;
        for (ulong id = RegisterId.Next(0); id != 0; id = RegisterId.Next(id))
        {
            if (found != 0 ? id == found : Letters.Match(word, RegisterName.Of(id)))
            {
                any = true;
                Show(vcpu, id);
                if (found != 0)
                {
                    VcpuView.TryGet(vcpu, id, out ulong value);
                    SymbolOutput.Show(vcpu, value);
                }
            }
        }

        any |= found == 0 && ReadOnlyRegisters.ShowAll(vcpu, word);
        Output.EndList();
        if (!any)
        {
            Output.Error("no register matches"u8, word);
        }
        else if (found != 0)
        {
            Decode(vcpu, found);
        }
    }

    private static void Show(VirtualCpu* vcpu, ulong id)
    {
        VcpuView.TryGet(vcpu, id, out ulong value);
        Output.Row();
        Output.Cell("name"u8, RegisterName.Of(id), 16);
        Output.HexCell("value"u8, value);
        Output.Hex("id"u8, id);
    }

    private static void Decode(VirtualCpu* vcpu, ulong id)
    {
        VcpuView.TryGet(vcpu, id, out ulong value);
        if (id == RegisterId.General + RegisterId.PstateNumber)
        {
            FieldOutput.Show(Register.SPSR_EL2, value);
        }
        else if (RegisterId.TryRegister(id, out Register register))
        {
            FieldOutput.Show(register, value);
        }
    }

    private static void Write(VirtualCpu* vcpu, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        ulong id = Id(vcpu, name);
        if (id == 0)
        {
            Output.Error(ReadOnlyRegisters.Knows(name) ? "read only here:"u8 : "unknown register"u8, name);
            return;
        }

        if (!Expression.TryValue(vcpu, text, out ulong value) || !Session.CanWrite())
        {
            return;
        }

        if (!VcpuView.TrySet(vcpu, id, value))
        {
            Output.Error(
                RegisterId.TryRegister(id, out _) ? "with HCR_EL2.TGE there is no EL1, and there the vcpu is:"u8 : "PSTATE cannot change the exception level:"u8, text);
            return;
        }

        Output.List("registers"u8);
        Show(vcpu, id);
    }

    // A number is an id, or nothing.
    private static ulong Id(VirtualCpu* vcpu, ReadOnlySpan<byte> word)
    {
        if (!Letters.TryNumber(word, out ulong id))
        {
            return Expression.Id(vcpu, word);
        }

        return id - RegisterId.General <= RegisterId.PstateNumber || RegisterId.TryRegister(id, out _) ? id : 0;
    }
}
