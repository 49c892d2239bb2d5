package org.ctstream.cli.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ctstream.cli.deploy.Manifests.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that Kubernetes' API does not have. fabric8's classes are made from Kubernetes' own schemas, and keep a field
 * they do not know among the additional properties of the object it stands in.
 */
final class KubernetesTypes {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Secret", Secret.class,
            "v1/Service", Service.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "apps/v1/Deployment", Deployment.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private KubernetesTypes() {}

    static boolean knows(Manifest manifest) {
        return TYPES.containsKey(type(manifest));
    }

    /** Paths of the fields that its type does not have; throws if a value is of the wrong type. */
    static List<String> unknownFields(Manifest manifest) throws Exception {
        var found = new ArrayList<String>();
        collect(
                JSON.treeToValue(manifest.content(), Objects.requireNonNull(TYPES.get(type(manifest)))),
                manifest.kind(),
                found);
        return found;
    }

    private static String type(Manifest manifest) {
        return manifest.content().path("apiVersion").asText() + "/" + manifest.kind();
    }

    private static void collect(@Nullable Object value, String path, List<String> found)
            throws IllegalAccessException, InvocationTargetException {
        if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                collect(element, path + "[]", found);
            }
        } else if (value instanceof Map<?, ?> entries) {
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                collect(entry.getValue(), path + "." + entry.getKey(), found);
            }
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) getter.invoke(value)).keySet().forEach(name -> found.add(path + "." + name));
                } else if (isGetter(getter)) {
                    collect(getter.invoke(value), path + "." + getter.getName().substring(3), found);
                }
            }
        }
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get")
                && method.getParameterCount() == 0
                && (method.getReturnType().getName().startsWith("io.fabric8.")
                        || Collection.class.isAssignableFrom(method.getReturnType())
                        || Map.class.isAssignableFrom(method.getReturnType()));
    }
}
