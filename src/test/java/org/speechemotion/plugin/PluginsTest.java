package org.speechemotion.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auto.service.AutoService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PluginsTest {
    /** A service with providers. */
    public interface Fruit extends Plugin {}

    @AutoService(Fruit.class)
    public static final class Pear implements Fruit {
        @Override
        public String name() {
            return "pear";
        }
    }

    @AutoService(Fruit.class)
    public static final class Apple implements Fruit {
        @Override
        public String name() {
            return "apple";
        }
    }

    /** A service of which two providers have one name. */
    public interface Clash extends Plugin {}

    @AutoService(Clash.class)
    public static final class One implements Clash {
        @Override
        public String name() {
            return "same";
        }
    }

    @AutoService(Clash.class)
    public static final class Other implements Clash {
        @Override
        public String name() {
            return "same";
        }
    }

    @Test
    void findsByName() {
        assertThat(Plugins.find(Fruit.class, "pear")).isInstanceOf(Pear.class);
        assertThat(Plugins.all(Fruit.class)).extracting(Plugin::name).containsExactly("apple", "pear");
    }

    @Test
    void anUnknownNameListsTheKnownNearestFirst() {
        assertThatThrownBy(() -> Plugins.find(Fruit.class, "paer"))
                .isInstanceOf(UnknownPluginException.class)
                .hasMessage("no Fruit is named \"paer\"; allowed: pear, apple");
    }

    @Test
    void duplicateNamesAreAnErrorWithBothClasses() {
        assertThatThrownBy(() -> Plugins.all(Clash.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Clash", "\"same\"", One.class.getName(), Other.class.getName());
    }

    @Test
    void findsPluginsFromAnyThread() throws InterruptedException {
        AtomicReference<Fruit> found = new AtomicReference<>();
        Thread thread = new Thread(() -> found.set(Plugins.find(Fruit.class, "pear")));
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());

        thread.start();
        thread.join();

        assertThat(found.get()).isInstanceOf(Pear.class);
    }
}
