// A register's value by its fields; hal/Registers/fields.table knows them.

using System;

namespace Nestor.Kernel;

internal static class FieldOutput
{
    /// <summary>Shows the fields, to a person those that are not zero.</summary>
    internal static void Show(Register register, ulong value)
    {
        int first = RegisterFields.First[(int)register];
        int count = RegisterFields.Counts[(int)register];
        if (count == 0)
        {
            return;
        }

        Output.List("fields"u8);
        uint column = 0;
        for (int i = first; i < first + count; i++)
        {
            ulong field = RegisterFields.Extract(i, value);
            if (field != 0 || Output.IsJson)
            {
                Output.RowInLine(column++ % 8 != 0);
                Output.Cell("name"u8, RegisterFields.Name(i));
                Output.HexCell("value"u8, field, 1);
            }
        }

        Output.EndList();
        if (register is Register.ESR_EL1 or Register.ESR_EL2)
        {
            Output.Line();
            Output.Text("class"u8, ExceptionClassName.Of(value));
        }
    }
}
