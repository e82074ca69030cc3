// What the stub answers to single packets: its description of the registers, and each of its refusals.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using Nestor.Kernel;
using Nestor.Tests.Harness;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;
using RegisterKind = Nestor.Tools.Registers.RegisterKind;
using RegisterTable = Nestor.Tools.Registers.RegisterTable;

namespace Nestor.Tests.Qemu;

public sealed class GdbPacketTests
{
    private const string Unmapped = "2000";

    [Fact]
    public Task Each_refusal_has_its_answer() =>
        GdbMachine.RunAsync("gdb: refusals", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            foreach ((string packet, string answer) in new Dictionary<string, string>
            {
                ["vMustReplyEmpty"] = "",
                ["i"] = "",
                [""] = "",
                ["Z5,40080000,4"] = "",
                [$"m{Unmapped},4"] = "E14",
                [$"M{Unmapped},1:00"] = "E14",
                [$"X{Unmapped},1:x"] = "E14",
                ["M1000,2:00"] = "E14",
                ["m1000"] = "E01",
                ["mx,1"] = "E01",
                ["m11112222333344445,1"] = "E01",
                ["pffff"] = "E01",
                ["p"] = "E01",
                ["Pffff=0000000000000000"] = "E01",
                ["P0=00"] = "E01",
                ["P21=c9030000"] = "E01",
                ["G00"] = "E01",
                ["Hg9"] = "E01",
                ["Hx1"] = "E01",
                ["T9"] = "E01",
                ["T1"] = "OK",
                ["qThreadExtraInfo,9"] = "E01",
                ["qXfer:features:read:other.xml:0,10"] = "E00",
                ["qXfer:features:read:target.xml:0"] = "E01",
                ["Z0,40080001,4"] = "E01",
                ["Z0,40080000"] = "E01",
                ["Z2,40080000,9"] = "E01",
                ["Z2,40080004,8"] = "E01",
                ["vCont;x"] = "E01",
                ["vCont;c:9"] = "E01",
                ["vCont;c:1;"] = "E01",
                [new string('a', PacketReader.Capacity + 1)] = "E.the packet is too long",
                ["qC"] = "QC1",
            })
            {
                Assert.Equal((packet, answer), (packet, await wire.AskAsync(packet)));
            }
        });

    [Fact]
    public Task There_are_as_many_points_as_the_hardware_has() =>
        GdbMachine.RunAsync("gdb: points", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            for (int i = 0; i < 6; i++)
            {
                Assert.Equal("OK", await wire.AskAsync($"Z{i % 2},4008{i}000,4"));
            }

            Assert.Equal("E01", await wire.AskAsync("Z0,40090000,4"));
            Assert.Equal("OK", await wire.AskAsync("z1,40083000,4"));
            Assert.Equal("OK", await wire.AskAsync("Z0,40090000,4"));
            Assert.Equal("OK", await wire.AskAsync("Z0,40090000,4"));
            for (int i = 0; i < 4; i++)
            {
                Assert.Equal("OK", await wire.AskAsync($"Z{2 + (i % 3)},4008{i}001,3"));
            }

            Assert.Equal("E01", await wire.AskAsync("Z2,40090000,4"));
            Assert.Equal("OK", await wire.AskAsync("z2,40083001,3"));
            Assert.Equal("OK", await wire.AskAsync("Z2,40090000,4"));
        });

    [Fact]
    public Task A_damaged_packet_is_asked_for_again_and_an_answer_is_repeated() =>
        GdbMachine.RunAsync("gdb: damage", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            await wire.SendAsync("$qC#00");
            Assert.Equal('-', await wire.ReadAsync());
            await wire.SendAsync(GdbWire.Frame("qC"));
            Assert.Equal('+', await wire.ReadAsync());
            Assert.Equal("QC1", await wire.AnswerAsync());
            await wire.SendAsync("-");
            Assert.Equal("QC1", await wire.AnswerAsync());
            Assert.Equal("OK", await wire.AskAsync("QStartNoAckMode"));
            await wire.SendAsync(GdbWire.Frame("qC"));
            Assert.Equal('$', await wire.ReadAsync());
        });

    [Fact]
    public Task Memory_and_registers_come_back_as_they_were_written() =>
        GdbMachine.RunAsync("gdb: values", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            Assert.Equal("OK", await wire.AskAsync("M1000,4:23242a7d"));
            Assert.Equal("23242a7d", await wire.AskAsync("m1000,4"));
            Assert.Equal("b}\u0003}\u0004}\u000a}]", await wire.AskAsync("x1000,4"));
            Assert.Equal("OK", await wire.AskAsync("X1000,2:}\u0003z"));
            Assert.Equal("237a2a7d", await wire.AskAsync("m1000,4"));

            // The page behind is not mapped: less is read than was asked for.
            Assert.Equal("00000000", await wire.AskAsync("m1ffc,8"));
            string all = await wire.AskAsync("g");
            Assert.Equal(((33 * 8) + 4) * 2, all.Length);
            string changed = "0102030405060708" + all[16..];
            Assert.Equal("OK", await wire.AskAsync("G" + changed));
            Assert.Equal(changed, await wire.AskAsync("g"));
            Assert.Equal("0102030405060708", await wire.AskAsync("p0"));
            Assert.Equal("OK", await wire.AskAsync("P42=0000000f"));
            Assert.Equal("0000000f", await wire.AskAsync("p42"));
        });

    [Fact]
    public Task The_old_packets_step_and_go_on_too() =>
        GdbMachine.RunAsync("gdb: old packets", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            Assert.StartsWith("T05", await wire.AskAsync("s"), StringComparison.Ordinal);
            await wire.SendAsync(GdbWire.Frame("c"));
            Assert.Equal('+', await wire.ReadAsync());
            await wire.SendAsync("\u0003");
            Assert.Matches("^T02.*thread:1;$", await wire.AnswerAsync());
        });

    [Fact]
    public Task The_description_has_every_row_of_the_register_table() =>
        GdbMachine.RunAsync("gdb: description", async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            StringBuilder text = new();
            string piece;
            do
            {
                piece = await wire.AskAsync(string.Create(CultureInfo.InvariantCulture, $"qXfer:features:read:target.xml:{text.Length:x},3f1"));
                text.Append(piece.AsSpan(1));
            }
            while (piece[0] == 'm');

            using XmlReader reader = XmlReader.Create(new System.IO.StringReader(text.ToString()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            XElement[] features = [.. XElement.Load(reader).Elements("feature")];
            Assert.Equal(["org.gnu.gdb.aarch64.core", "org.gnu.gdb.aarch64.fpu", "org.nestor.system"], features.Select(one => one.Attribute("name")!.Value));
            IReadOnlyList<RegisterRow> rows = RegisterTable.Read(RepositoryRoot.Path);

            // Those that follow from others have a name where every CPU has the register.
            string[] derived =
            [
                "MIDR_EL1", "MPIDR_EL1", "REVIDR_EL1", "AIDR_EL1", "CTR_EL0", "DCZID_EL0", "CNTFRQ_EL0", "CNTPCT_EL0", "CNTVCT_EL0",
                "ICC_PMR_EL1", "ICC_BPR0_EL1", "ICC_BPR1_EL1", "ICC_IGRPEN0_EL1", "ICC_IGRPEN1_EL1",
            ];
            Assert.Equal(
                rows.Where(row => derived.Contains(row.Name) || (row.Kind != RegisterKind.Host && (row.Kind != RegisterKind.Id || (row.Encoding >> 3 & 0xf) != 0))).Select(row => row.Name),
                features[2].Elements("reg").Select(one => one.Attribute("name")!.Value));
            foreach (XElement register in features[2].Elements("reg"))
            {
                int number = int.Parse(register.Attribute("regnum")!.Value, CultureInfo.InvariantCulture);
                string value = await wire.AskAsync(string.Create(CultureInfo.InvariantCulture, $"p{number:x}"));
                Assert.Equal((register, 16), (register, value.Length));
            }
        });
}
