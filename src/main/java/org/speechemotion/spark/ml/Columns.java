package org.speechemotion.spark.ml;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Checks the columns that a stage reads, and adds those that it writes. Messages name the Param with the fault. */
final class Columns {
    /** The types that a column may have, and their description. */
    record Allowed(Predicate<DataType> types, String words) {}

    static final Allowed AUDIO = new Allowed(
            type -> type instanceof StringType || type instanceof BinaryType,
            "string (a path) and binary (the bytes of a file)");
    static final Allowed LABEL = new Allowed(
            type -> type instanceof StringType || type instanceof NumericType,
            "string (an emotion) and numbers (its label)");
    static final Allowed GROUP =
            new Allowed(type -> type instanceof StringType || type instanceof NumericType, "string and numbers");
    static final Allowed FLAG = new Allowed(type -> type instanceof BooleanType, "boolean");

    private final Params stage;
    private StructType schema;

    Columns(Params stage, StructType schema) {
        this.stage = stage;
        this.schema = schema;
    }

    /** Returns the type of the column that the Param names. */
    DataType require(Param<String> param, Allowed allowed) {
        String name = stage.getOrDefault(param);
        if (!Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new IllegalArgumentException(param.name() + " is " + name
                    + ", but there is no such column; there are " + Arrays.toString(schema.fieldNames()));
        }
        DataType type = schema.apply(name).dataType();
        if (!allowed.types().test(type)) {
            throw new IllegalArgumentException(param.name() + " is " + name + ", a column of type "
                    + type.simpleString() + "; allowed: " + allowed.words());
        }
        return type;
    }

    Columns add(Param<String> param, DataType type) {
        String name = stage.getOrDefault(param);
        if (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    param.name() + " is " + name + ", but the table has a column " + name + " already: name another");
        }
        schema = schema.add(name, type);
        return this;
    }

    /** Adds the columns of the status of audio, and of the reason and message of a rejection. */
    Columns addStatus(HasAudioInput<?> audio) {
        return add(audio.statusCol(), DataTypes.StringType)
                .add(audio.reasonCol(), DataTypes.StringType)
                .add(audio.messageCol(), DataTypes.StringType);
    }

    StructType schema() {
        return schema;
    }

    /** Returns the column with exactly this name, which may contain dots. */
    static Column named(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
