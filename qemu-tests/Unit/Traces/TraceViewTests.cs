// What a trace looks like: as text, in Perfetto's format, as a picture. Names come from the tables of hal/Registers.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using Nestor.Kernel;
using Nestor.Tools.Build;
using Nestor.Tools.Inspect;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;
using Xunit;

namespace Nestor.Tests.Unit.Traces;

public sealed class TraceViewTests
{
    [Fact]
    public void Text_has_a_line_an_exit_in_the_order_of_time()
    {
        string[] lines = ExitList.Write(SampleTrace.Trace(), SampleTrace.Names).TrimEnd().Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal("       0.000    0  hyper/0             EL2    0000000000001000  system register access: CNTHCTL_EL2 read x3, value 3", lines[1]);
        Assert.Equal("       1.000    1  plain/0             EL1    0000000000008000  HVC (esr 5a000000), function 84000000", lines[2]);
        Assert.Equal("       8.000    0  hyper/0             EL0    0000000000001008  interrupt", lines[5]);
    }

    [Fact]
    public void An_abort_has_its_address_and_an_illegal_return_its_SPSR()
    {
        TraceExit abort = new(0, 0x1000, (0x24UL << 26) | 5, 5, 0, 0, 0x4050_0018);
        TraceExit illegal = new(0, 0x2000, (0x1aUL << 26) | (1UL << 25) | TraceExit.IllegalReturn, 9, 0, 1, 0x3cd);
        TraceFile trace = SampleTrace.Trace() with { Cpus = [[abort, illegal]] };
        string[] lines = ExitList.Write(trace, SampleTrace.Names).TrimEnd().Split('\n');
        Assert.EndsWith("data abort from a lower level (esr 90000005), address 40500018", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("ERET (esr 6a000000), illegal: SPSR_EL2 3cd", lines[2], StringComparison.Ordinal);
        string json = PerfettoTrace.Write(trace, SampleTrace.Names);
        Assert.Contains("\"address\":\"0x40500018\"", json, StringComparison.Ordinal);
        Assert.Contains("\"esr\":\"0x6a000000\",\"spsr\":\"0x3cd\"", json, StringComparison.Ordinal);
        Assert.Equal(trace.Cpus[0], TraceFile.Parse(trace.ToBytes()).Cpus[0]);
        Assert.Equal(TraceRing.IllegalReturn, TraceExit.IllegalReturn);
    }

    [Fact]
    public void What_was_read_or_written_and_where_an_exception_went_is_shown()
    {
        TraceExit read = new(0, 0x1000, SampleTrace.ReadOfCnthctl, 5, 0, 1, 0x803);
        TraceExit store = new(1, 0x2000, (0x24UL << 26) | (1UL << 24) | 0x47, 5, 0, 1, 0x900_0000, 0, 0x7e);
        TraceExit forwarded = new(2, 0x3000, SampleTrace.Hvc, 5, 0, 0, 0, 0x4020_0c00);
        TraceFile trace = SampleTrace.Trace() with { Cpus = [[read, store, forwarded]] };
        string[] lines = ExitList.Write(trace, SampleTrace.Names).TrimEnd().Split('\n');
        Assert.EndsWith("CNTHCTL_EL2 read x3, value 803", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("(esr 91000047), address 9000000, value 7e", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("HVC (esr 5a000000), vector 40200c00", lines[3], StringComparison.Ordinal);
        string json = PerfettoTrace.Write(trace, SampleTrace.Names);
        Assert.Contains("\"value\":\"0x803\"", json, StringComparison.Ordinal);
        Assert.Contains("\"address\":\"0x9000000\",\"value\":\"0x7e\"", json, StringComparison.Ordinal);
        Assert.Contains("\"vector\":\"0x40200c00\"", json, StringComparison.Ordinal);
        Assert.Equal(trace.Cpus[0], TraceFile.Parse(trace.ToBytes()).Cpus[0]);
    }

    [Fact]
    public unsafe void What_an_exit_was_about_has_the_name_that_the_kernel_gives_it()
    {
        for (ulong number = 0; number < TraceRing.Classes; number++)
        {
            foreach ((ulong flag, ulong vector) in ((ulong, ulong)[])[(0, 0), (0, 0x4020_0c00), (TraceRing.IllegalReturn, 0)])
            {
                TraceRecord record = new() { Syndrome = (number << 26) | flag, Vector = vector };
                TraceExit exit = new(0, 0, record.Syndrome, 0, 0, 0, 0, vector);
                Assert.Equal(System.Text.Encoding.ASCII.GetString(TraceRing.DetailName(&record)), exit.DetailName ?? "");
            }
        }
    }

    [Fact]
    public void The_last_exits_of_each_CPU_can_be_had_alone() =>
        Assert.Equal(3, ExitList.Write(SampleTrace.Trace(), SampleTrace.Names, last: 1).TrimEnd().Split('\n').Length);

    [Fact]
    public void Perfetto_has_a_track_for_each_vCPU_and_level_with_slices_between_exits()
    {
        using JsonDocument json = JsonDocument.Parse(PerfettoTrace.Write(SampleTrace.Trace(), SampleTrace.Names));
        JsonElement[] events = [.. json.RootElement.GetProperty("traceEvents").EnumerateArray()];
        Dictionary<(int, int), string> tracks = Of("M").Where(e => Text(e, "name") == "thread_name")
            .ToDictionary(Track, e => e.GetProperty("args").GetProperty("name").GetString()!);
        Assert.Equal(
            ["vCPU 0, EL1 and EL0 below virtual EL2", "vCPU 0, virtual EL2", "vCPU 0, EL1 and EL0"],
            tracks.OrderBy(one => one.Key).Select(one => one.Value));
        Assert.Equal(["hyper", "plain"], Of("M").Where(e => Text(e, "name") == "process_name").Select(e => e.GetProperty("args").GetProperty("name").GetString()));

        Assert.Equal(
            [("vCPU 0, EL1 and EL0 below virtual EL2", 0.0, 2.0), ("vCPU 0, virtual EL2", 2.0, 4.0), ("vCPU 0, EL1 and EL0 below virtual EL2", 6.0, 2.0)],
            Of("X").Select(e => (tracks[Track(e)], e.GetProperty("ts").GetDouble(), e.GetProperty("dur").GetDouble())));
        Assert.Equal("after WFI: EL1 and EL0 below virtual EL2", Text(Of("X").Last(), "name"));
        Assert.Equal(5, Of("i").Count());
        JsonElement register = Of("i").Single(e => Text(e, "name") == "CNTHCTL_EL2 read");
        Assert.Equal("CNTHCTL_EL2", Text(register.GetProperty("args"), "register"));
        Assert.Equal("0x1000", Text(register.GetProperty("args"), "pc"));
        Assert.Equal("system register access", Text(register.GetProperty("args"), "class"));

        IEnumerable<JsonElement> Of(string phase) => events.Where(e => Text(e, "ph") == phase);
        static (int, int) Track(JsonElement e) => (e.GetProperty("pid").GetInt32(), e.GetProperty("tid").GetInt32());
        static string Text(JsonElement e, string key) => e.GetProperty(key).GetString()!;
    }

    [Fact]
    public void The_histogram_is_an_SVG_with_the_most_frequent_first()
    {
        XDocument svg = XDocument.Parse(TraceHistogram.Draw(SampleTrace.Trace(), SampleTrace.Names));
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Equal(["the last 5 exits of 2 CPUs: EL2, EL1, EL0", "HVC", "2 (40%)", "CNTHCTL_EL2 read", "1 (20%)"], texts[..5]);
    }

    [Fact]
    public void Every_register_and_class_has_the_name_that_the_kernel_gives_it()
    {
        for (Register register = 0; register < Register.Count; register++)
        {
            uint encoding = Nestor.Kernel.RegisterTable.Encodings[(int)register];
            ulong iss = (encoding >> 14) << 20 | (encoding & 7) << 17 | (encoding >> 11 & 7) << 14 | (encoding >> 7 & 15) << 10 | (encoding >> 3 & 15) << 1;
            TraceExit exit = new(0, 0, (0x18UL << 26) | iss, 0, 0, 0);
            Assert.Equal(System.Text.Encoding.ASCII.GetString(RegisterName.Of(register)), SampleTrace.Names.Register(exit));
        }

        for (ulong number = 0; number < TraceRing.Classes - 1; number++)
        {
            string kernel = System.Text.Encoding.ASCII.GetString(ExceptionClassName.Of(number << 26));
            Assert.Equal(kernel, SampleTrace.Names.Class(new TraceExit(0, 0, number << 26, 0, 0, 0)));
        }
    }

    [Theory]
    [InlineData("40 too large")]
    [InlineData("16")]
    [InlineData("x HVC")]
    public void A_bad_row_of_the_table_of_classes_is_refused(string line) =>
        Assert.Contains(":2: ", Assert.Throws<BuildException>(() => ExceptionTable.Parse(["# comment", line])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_image_itself_says_where_the_kernels_fields_are()
    {
        KernelLayout layout = KernelLayout.Read(NestorState.Elf);
        Assert.Equal(VirtualCpu.Size, layout.Size("VirtualCpu"));
        Assert.Equal(256, layout.Offset("VirtualCpu", "Pc"));
        Assert.Equal(16, layout.Offset("PerCpu", "Index"));
        Assert.NotEqual(0u, layout.Static("Cpus", "s_cpus"));
        InspectionException e = Assert.Throws<InspectionException>(() => layout.Offset("VirtualCpu", "Nothing"));
        Assert.Equal("the image's debug information does not say where VirtualCpu.Nothing is", e.Message);
    }
}
